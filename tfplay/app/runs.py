"""Choosing a run, and loading what it left behind."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from tfplay.app import navigation as pages
from tfplay.app.layout import empty_state, plain
from tfplay.app.model_code import load_model_code
from tfplay.errors import InputError
from tfplay.store import Run, list_runs, open_run
from tfplay.text import TOKENIZERS, Tokenizer, read_pairs, read_text

if TYPE_CHECKING:  # Keras takes seconds to import, and most pages show without
    import keras


def run_labels(runs: Iterable[Run]) -> dict[str, str]:
    """Each run's title by its id; equal titles are told apart by the end of the id."""
    runs = list(runs)
    counts = Counter(run.title for run in runs)
    return {
        run.id: run.title if counts[run.title] == 1 else f"{run.title} · {run.id[-4:]}"
        for run in runs
    }


def linked_run() -> Run | None:
    """The run that the page's address names, `?run=...`; says so if there is none of this id."""
    run_id = st.query_params.get("run")
    if run_id is None:
        return None
    runs = {run.id: run for run in list_runs()}
    if run_id not in runs:
        st.warning(f"There is no run {plain(run_id)}; it may have been deleted.")
    return runs.get(run_id)


def choose_run(*architectures: str, purpose: str) -> Run:
    """Lets the visitor choose among the trained runs; without any, shows the way to train one.

    The choice is kept in the page's address, `?run=...`, and follows the visitor to other pages.

    Args:
        *architectures: Which of the three will do.
        purpose: What the run is for, as in "to translate with".
    """
    runs = {
        run.id: run for run in list_runs() if run.is_usable and _architecture(run) in architectures
    }
    if not runs:
        message = f"There is no model {purpose} yet. A small one takes about a minute to train."
        empty_state(message, pages.TRAIN, "Train a model")
    linked = linked_run()
    wanted = linked.id if linked else st.session_state.get("latest_run")
    if linked and wanted not in runs:
        st.info(f"The run {plain(linked.title)} cannot be used {purpose}; here is another.")
    index = list(runs).index(wanted) if wanted in runs else 0
    labels = run_labels(runs.values())
    chosen = st.selectbox("Model", list(runs), index, format_func=labels.get, key="chosen_run")
    st.query_params["run"] = st.session_state["latest_run"] = chosen
    return runs[chosen]


def _architecture(run: Run) -> str | None:
    try:
        return run.model_config().architecture
    except InputError:  # its folder was cut short
        return None


def run_model(run: Run) -> "keras.Model":
    """The run's model, loaded once for all visitors.

    Raises:
        InputError: It is missing or damaged.
    """
    load_model_code()
    return _load_model(run.path, run.model_path.stat().st_mtime)


def run_tokenizer(run: Run) -> Tokenizer:
    """The run's tokenizer, loaded once for all visitors.

    Raises:
        InputError: It is missing or damaged.
    """
    return _load_tokenizer(run.path, run.tokenizer_path.stat().st_mtime)


def run_example(run: Run) -> str:
    """A text of middling length from the run's data, to begin with; empty if that is gone."""
    return _example(run.path)


@st.cache_data(max_entries=64, show_spinner=False)
def _example(path: Path) -> str:
    run = open_run(path)
    try:
        if run.recipe.task == "translation":
            texts = [pair.source for pair in read_pairs(run.data_path)]
        else:
            texts = [line[:40].strip() for line in read_text(run.data_path).split("\n")]
    except InputError:  # a model is of use without its data
        return ""
    texts = sorted((text for text in texts if text), key=len)
    return texts[len(texts) // 2]


@st.cache_resource(max_entries=16, show_spinner="Learning a vocabulary …")
def learned_tokenizer(kind: str, text: str, vocabulary_size: int) -> Tokenizer:
    """A tokenizer that has learned its vocabulary from this text.

    Raises:
        InputError: There is no text, or the vocabulary is too small for it.
    """
    return TOKENIZERS[kind].train([text], vocabulary_size)


@st.cache_resource(max_entries=4, show_spinner="Loading the model …")
def _load_model(path: Path, changed: float) -> "keras.Model":
    return open_run(path).load_model()


@st.cache_resource(max_entries=16, show_spinner=False)
def _load_tokenizer(path: Path, changed: float) -> Tokenizer:
    return open_run(path).load_tokenizer()
