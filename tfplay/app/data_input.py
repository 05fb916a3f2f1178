"""Where the data to train on comes from: a file, pasted text, or a sample."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from tfplay.app.samples import sample_pairs, sample_text
from tfplay.store import Recipe, Run


@dataclass(frozen=True)
class Data:
    """A file that is not on disk yet."""

    name: str
    content: bytes


@dataclass(frozen=True)
class _Kind:
    """What the data of a task looks like."""

    formats: list[str]
    explanation: str
    pasted_name: str
    pasted_example: str
    sample_name: str
    sample: Callable[[], str]
    sample_explanation: str


_KINDS = {
    "translation": _Kind(
        formats=["tsv", "csv", "txt", "jsonl", "gz"],
        explanation="One pair a line: **.tsv** or **.txt** with a tab between source and target, "
        "**.csv** with a comma, **.jsonl** with two strings; each may be gzipped (**.gz**). "
        "Further columns are ignored.",
        pasted_name="pasted.tsv",
        pasted_example="Good morning.\tसुप्रभात।",
        sample_name="dates.tsv",
        sample=sample_pairs,
        sample_explanation="4,000 dates as people write them, to be translated into the form that "
        "computers use. Small enough to learn in a minute, and its attention is easy to read.",
    ),
    "language-model": _Kind(
        formats=["txt", "gz"],
        explanation="Plain text as **.txt**, in any language; it may be gzipped (**.txt.gz**). "
        "The more the better: 100,000 characters are a good start.",
        pasted_name="pasted.txt",
        pasted_example="Once upon a time …",
        sample_name="tfplay.txt",
        sample=sample_text,
        sample_explanation="The source code of TFPlay's own layers and models. A model will learn "
        "to write something that looks like Python.",
    ),
}


def choose_data(task: str) -> Data | None:
    """Lets the visitor bring data for the task; `None` as long as there is none."""
    kind = _KINDS[task]
    sources = ["Use a sample", "Upload a file", "Paste text"]
    source = st.segmented_control("Data", sources, default=sources[0], required=True, key="source")
    if source == "Upload a file":
        upload = st.file_uploader("File", kind.formats, key=f"{task} file")
        st.caption(kind.explanation)
        return Data(Path(upload.name).name, upload.getvalue()) if upload else None
    if source == "Paste text":
        placeholder = kind.pasted_example
        text = st.text_area("Text", height=200, key=f"{task} text", placeholder=placeholder)
        st.caption(kind.explanation)
        return Data(kind.pasted_name, text.encode()) if text.strip() else None
    text = kind.sample()
    st.caption(kind.sample_explanation)
    st.code("\n".join(text.split("\n", 4)[:4]), language=None)
    return Data(kind.sample_name, text.encode())


def start_training(recipe: Recipe, data: Data) -> Run:
    """Starts training in a process of its own, if the data is what the task needs.

    Raises:
        InputError: The data is not; then no run is left behind.
    """
    from tfplay import jobs
    from tfplay.tasks import TASKS

    with TemporaryDirectory() as folder:
        path = Path(folder, data.name)
        path.write_bytes(data.content)
        TASKS[recipe.task].read(path)
        return jobs.start(recipe, path)
