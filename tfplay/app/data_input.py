"""Where the data to train on comes from: a sample, a published corpus, a file, pasted text."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import streamlit as st

from tfplay import jobs
from tfplay.app.data_kinds import DATA_KINDS, fitting_tasks
from tfplay.app.layout import errors_shown
from tfplay.app.model_code import load_model_code
from tfplay.app.sample_data import SAMPLE_SIZES, preview, samples_of
from tfplay.store import Recipe, Run, home
from tfplay.text.published import PUBLISHED, PublishedCorpus, fetch, find


class Data(NamedTuple):
    """Data that is written to a file once it is wanted."""

    name: str
    """Of the file."""
    write: Callable[[Path], Any]


def choose_data(task: str) -> Data | None:
    """Lets the visitor bring data for the task; `None` as long as there is none."""
    load_model_code()
    published = [each for each in PUBLISHED.values() if each.task in fitting_tasks(task)]
    sources: dict[str, Callable[[str], Data | None]] = {"Use a sample": _choose_sample}
    if published:
        sources["Published corpus"] = _choose_published
    sources["Upload a file"] = _upload
    if DATA_KINDS[task].pasted_example:
        sources["Paste text"] = _paste
    source = st.segmented_control(
        "Data", list(sources), default="Use a sample", required=True, key=f"{task} source"
    )
    return sources[source](task)


def start_training(recipe: Recipe, data: Data) -> Run:
    """Starts training in a process of its own, if the data is what the task needs.

    Raises:
        InputError: The data is not; then no run is left behind.
    """
    from tfplay.tasks import TASKS

    with TemporaryDirectory() as folder, st.spinner("Writing the data …"):
        path = Path(folder, data.name)
        data.write(path)
        TASKS[recipe.task].read(path)
        return jobs.start(recipe, path)


def _choose_sample(task: str) -> Data:
    samples = {sample.name: sample for sample in samples_of(task)}
    left, right = st.columns([3, 2])
    name = left.selectbox(
        "Sample", list(samples), format_func=lambda name: samples[name].title, key=f"{task} sample"
    )
    sample = samples[name]
    count = right.select_slider(
        "Examples",
        SAMPLE_SIZES,
        4000,
        format_func="{:,}".format,
        disabled=not sample.is_endless,
        key=f"{task} examples",
    )
    st.caption(sample.explanation)
    st.code(preview(sample), language=None, wrap_lines=True)
    return Data(sample.file_name, lambda path: sample.write(path, count))


def _choose_published(task: str) -> Data | None:
    corpora = {each.name: each for each in PUBLISHED.values() if each.task in fitting_tasks(task)}
    name = st.selectbox(
        "Corpus", list(corpora), format_func=lambda name: corpora[name].title, key=f"{task} corpus"
    )
    corpus = corpora[name]
    st.markdown(corpus.explanation)
    st.markdown(
        f"Licence: [{corpus.licence}]({corpus.licence_url}) · {corpus.num_bytes / 1e6:.1f} MB · "
        f"[its page]({corpus.page})"
    )
    path = None
    with errors_shown(then_stop=False):
        path = find(name, _fetched()) or _fetch_if_wanted(corpus)
    if path is None:
        return None
    st.caption(f":material/check: It is here: {path.stat().st_size / 1e6:.1f} MB of text.")
    return Data(f"{name}{path.suffix}", lambda place: place.write_bytes(path.read_bytes()))


def _fetch_if_wanted(corpus: PublishedCorpus) -> Path | None:
    place = st.empty()
    if not place.button("Fetch it", icon=":material/download:", key=f"fetch {corpus.name}"):
        return None
    bar = place.progress(0.0, "Fetching …")

    def on_progress(done: int, total: int) -> None:
        bar.progress(done / total, f"Fetching: {done / 1e6:.1f} of {total / 1e6:.1f} MB")

    path = fetch(corpus.name, _fetched(), on_progress)
    place.empty()
    return path


def _fetched() -> Path:
    return home() / "corpora"


def _upload(task: str) -> Data | None:
    from tfplay.tasks import TASKS

    endings = [ending.removeprefix(".") for ending in TASKS[task].formats]
    upload = st.file_uploader("File", [*endings, "gz"], key=f"{task} file")
    st.caption(DATA_KINDS[task].explanation)
    if upload is None:
        return None
    content = upload.getvalue()
    return Data(Path(upload.name).name, lambda path: path.write_bytes(content))


def _paste(task: str) -> Data | None:
    kind = DATA_KINDS[task]
    text = st.text_area("Text", height=200, key=f"{task} text", placeholder=kind.pasted_example)
    st.caption(kind.explanation)
    if not text.strip():
        return None
    return Data(f"pasted{kind.ending}", lambda path: path.write_text(text, encoding="utf-8"))
