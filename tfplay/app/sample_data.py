"""Data to train on at once: the corpora written for this project, and two that are found here."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.data_kinds import DATA_KINDS, fitting_tasks
from tfplay.app.samples import sample_pairs, sample_text
from tfplay.text.corpora import CORPORA, Corpus

SAMPLE_SIZES = (1000, 4000, 10_000, 20_000, 50_000, 100_000)
SEED = 0
PREVIEWED = 3
LONGEST_PREVIEW = 700  # characters


class Sample(NamedTuple):
    """Data that can be had at once."""

    name: str
    title: str
    explanation: str
    file_name: str
    write: Callable[[Path, int], Any]
    """Writes so many examples to a file."""
    is_endless: bool = True
    """Whether there are as many examples as one likes."""


_DATES = Sample(
    "dates",
    "Dates, as people and as computers write them",
    "Dates as people write them, to be translated into the form that computers use. Small enough "
    "to learn in a minute, and its attention is easy to read.",
    "dates.tsv",
    lambda path, count: path.write_text(sample_pairs(count), encoding="utf-8"),
)
_SOURCE_CODE = Sample(
    "source-code",
    "TFPlay's own source code",
    "The source code of TFPlay's own layers and models. A model will learn to write something that "
    "looks like Python.",
    "tfplay.txt",
    lambda path, count: path.write_text(sample_text(), encoding="utf-8"),
    is_endless=False,
)


def samples_of(task: str) -> list[Sample]:
    """The samples that a task can learn from; the quickest to learn comes first."""
    written = [
        _from_corpus(task, corpus)
        for wanted in fitting_tasks(task)
        for corpus in CORPORA.values()
        if corpus.task == wanted
    ]
    first = [_DATES] if task == "translation" else []
    last = [_SOURCE_CODE] if task == "language-model" else []
    return [*first, *written, *last]


def _from_corpus(task: str, corpus: Corpus) -> Sample:
    def write(path: Path, count: int) -> None:
        from tfplay.tasks import TASKS

        TASKS[task].write(path, corpus.examples("training", count, SEED))

    file_name = corpus.name + DATA_KINDS[task].ending
    return Sample(corpus.name, corpus.title, corpus.explanation, file_name, write)


def preview(sample: Sample) -> str:
    """How the sample's file begins."""
    return _preview(sample.file_name, sample)


@st.cache_data(show_spinner=False)
def _preview(file_name: str, _sample: Sample) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder, file_name)
        _sample.write(path, PREVIEWED)
        text = path.read_text(encoding="utf-8").strip()
    lines = text.split("\n", 12)[:12]
    shown = "\n".join(lines)
    return shown if len(shown) <= LONGEST_PREVIEW else shown[:LONGEST_PREVIEW] + " …"
