"""Where the data to train on comes from: a sample, a published corpus, a file, pasted text."""

import shutil
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import streamlit as st

from tfplay import jobs
from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.locks import upload
from tfplay.app.frame.state import begin_with
from tfplay.app.frame.text_box import LONGEST_PASTED
from tfplay.app.frame.visitor import visitor
from tfplay.app.train.sample_data import SAMPLE_SIZES, preview, samples_of
from tfplay.hosting import may_fetch
from tfplay.recipes import Recipe
from tfplay.recipes.text import DEFAULT_EXAMPLES
from tfplay.store import Run, home, write_corpus
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA, fitting_tasks
from tfplay.text.formats.moses import join_halves, joined_name
from tfplay.text.published import PUBLISHED, PublishedCorpus, fetch, find

SAMPLE, PUBLIC, UPLOAD, PASTE = "Use a sample", "Published corpus", "Upload a file", "Paste text"


class Amount(NamedTuple):
    """How much a file holds."""

    num_examples: int | None
    """`None` for one long text."""


class Data(NamedTuple):
    """Data that is written to a file once it is wanted."""

    name: str
    """Of the file."""
    write: Callable[[Path], Any]
    """Writes the file."""
    fingerprint: str
    """Equal for equal data."""
    corpus: str | None = None
    """The corpus that it is."""
    examples: int | None = None
    """How many of the corpus."""
    columns: dict[str, int | str] | None = None
    """Which of its columns is what, as far as the visitor has chosen."""
    amount: Amount | None = None
    """How much there is, of a file that was read."""


def choose_data(task: str, recipe: Recipe) -> Data | None:
    """Lets the visitor bring data for the task; `None` as long as there is none.

    Args:
        task: Name of the task.
        recipe: Whose data is proposed.
    """
    sources: dict[str, Callable[[str, Recipe], Data | None]] = {SAMPLE: _choose_sample}
    if _published(task):
        sources[PUBLIC] = _choose_published
    sources[UPLOAD] = _upload
    if TASKS[task].about.pasted_example:
        sources[PASTE] = _paste
    key = begin_with(f"{task} source", _proposed_source(task, recipe))
    source = st.segmented_control("Data", list(sources), required=True, key=key)
    return sources[source](task, recipe)


def corpus_data(name: str, count: int) -> Data:
    """So many examples of a corpus written for this project."""

    def write(path: Path) -> None:
        write_corpus(name, count, path.parent).rename(path)

    ending = TASKS[CORPORA[name].task].about.formats[0]
    return Data(f"{name}{ending}", write, f"{name} {count}", name, count)


def keep_data(run: Run) -> None:
    """Keeps the file that a run was trained on as if it had been uploaded."""
    data = Data(
        run.recipe.data_name,
        lambda path: shutil.copyfile(run.data_path, path),
        run.id,
        columns=run.recipe.columns,
    )
    st.session_state[_kept(run.recipe.task)] = data if run.data_path.is_file() else None


def start_training(recipe: Recipe, data: Data) -> Run:
    """Starts training in a process of its own, if the data is what the task needs.

    Raises:
        InputError: The data is not; then no run is left behind.
    """
    with TemporaryDirectory() as folder, st.spinner("Writing the data …"):
        path = Path(folder, data.name)
        data.write(path)
        TASKS[recipe.task].read(path, recipe.columns)
        return jobs.start(recipe, path, owner=visitor())


def _proposed_source(task: str, recipe: Recipe) -> str:
    if recipe.corpus in samples_of(task):
        return SAMPLE
    if recipe.corpus:
        return PUBLIC
    return PASTE if recipe.data_name == _pasted_name(task) else UPLOAD


def _choose_sample(task: str, recipe: Recipe) -> Data:
    samples = samples_of(task)
    proposed = recipe.corpus if recipe.corpus in samples else next(iter(samples))
    left, right = st.columns([3, 2])
    name = left.selectbox(
        "Sample",
        list(samples),
        format_func=lambda name: samples[name].title,
        key=begin_with(f"{task} sample", proposed),
    )
    wanted = recipe.examples or DEFAULT_EXAMPLES
    count = right.select_slider(
        "Examples",
        sorted({*SAMPLE_SIZES, wanted}),
        format_func="{:,}".format,
        key=begin_with(f"{task} examples", wanted),
        help="There are fewer if the sample has no more.",
    )
    st.caption(samples[name].explanation)
    st.code(preview(name), language=None, wrap_lines=True)
    return corpus_data(name, count)


def _published(task: str) -> dict[str, PublishedCorpus]:
    return {each.name: each for each in PUBLISHED.values() if each.task in fitting_tasks(task)}


def _choose_published(task: str, recipe: Recipe) -> Data | None:
    corpora = _published(task)
    proposed = recipe.corpus if recipe.corpus in corpora else next(iter(corpora))
    name = st.selectbox(
        "Corpus",
        list(corpora),
        format_func=lambda name: corpora[name].title,
        key=begin_with(f"{task} corpus", proposed),
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
    return Data(
        f"{name}{path.suffix}", lambda place: shutil.copyfile(path, place), name, corpus=name
    )


def _fetch_if_wanted(corpus: PublishedCorpus) -> Path | None:
    if not may_fetch():
        st.caption("Strangers share this server, so nothing is fetched to it.")
        return None
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


def _upload(task: str, recipe: Recipe) -> Data | None:
    about = TASKS[task].about
    endings = [ending.removeprefix(".") for ending in about.formats]
    brought = upload(
        "File",
        None if about.may_be_two_files else [*endings, "gz"],  # halves end as their languages do
        accept_multiple_files=about.may_be_two_files,
        key=f"{task} file",
        on_change=_keep_upload,
        args=(task,),
    )
    st.caption(about.file_help)
    data = st.session_state.get(_kept(task))
    if data and not brought:
        st.caption(f":material/check: **{plain(data.name)}** is here from before.")
    elif not data and recipe.corpus is None:
        st.info(
            f"This recipe was made for the file **{plain(recipe.data_name)}**, which a link cannot "
            "carry: bring it here.",
            icon=":material/upload_file:",
        )
    return data


def _keep_upload(task: str) -> None:
    """What was uploaded outlives a visit to another page; what was taken away does not."""
    given = st.session_state[f"{task} file"]
    uploads = given if isinstance(given, list) else [given] if given else []
    files = [_from_memory(Path(each.name).name, each.getvalue()) for each in uploads]
    st.session_state[_kept(task)] = _joined(*files) if len(files) == 2 else (files or [None])[-1]


def _joined(source: Data, target: Data) -> Data:
    """Two files whose lines translate each other, in the order in which they were chosen."""

    def write(path: Path) -> None:
        with TemporaryDirectory() as folder:
            halves = [Path(folder, half.name) for half in (source, target)]
            for half, place in zip((source, target), halves, strict=True):
                half.write(place)
            join_halves(*halves, Path(folder)).rename(path)

    name = joined_name(source.name, target.name)
    return Data(name, write, f"{source.fingerprint} {target.fingerprint}")


def _kept(task: str) -> str:
    return f"{task} uploaded"


def _paste(task: str, recipe: Recipe) -> Data | None:
    about, kept = TASKS[task].about, f"{task} pasted"
    text = st.text_area(
        "Text",
        height=200,
        max_chars=LONGEST_PASTED,
        key=begin_with(f"{task} text", st.session_state.get(kept, "")),
        placeholder=about.pasted_example,
    )
    st.session_state[kept] = text
    st.caption(about.file_help)
    return _from_memory(_pasted_name(task), text.encode()) if text.strip() else None


def _pasted_name(task: str) -> str:
    return f"pasted{TASKS[task].about.formats[0]}"


def _from_memory(name: str, content: bytes) -> Data:
    return Data(name, lambda path: path.write_bytes(content), sha1(content).hexdigest())
