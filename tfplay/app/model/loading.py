"""Models and tokenizers, loaded once for all visitors."""

from pathlib import Path

import streamlit as st

from tfplay.app.model.model_code import load_model_code
from tfplay.store import Run, open_run
from tfplay.store.snapshots import snapshot_path
from tfplay.tasks import TrainedModel
from tfplay.text import TOKENIZERS, Tokenizer


def run_trained(run: Run, step: int | None = None) -> TrainedModel:
    """The run's model with its tokenizer and labels.

    Args:
        run: A run with a model.
        step: One of `run.snapshot_steps()`: the model as it was then; `None` is as it ended.

    Raises:
        InputError: It is missing or damaged.
    """
    load_model_code()
    return _load_trained(run.path, step, written_at(run, step))


def written_at(run: Run, step: int | None = None) -> float:
    """When the model, or what it was after a step, was written: a cache that knows it is right."""
    path = run.model_path if step is None else snapshot_path(run.path, step)
    return path.stat().st_mtime


def run_tokenizer(run: Run) -> Tokenizer:
    """The run's tokenizer.

    Raises:
        InputError: It is missing or damaged.
    """
    return _load_tokenizer(run.path, run.tokenizer_path.stat().st_mtime)


@st.cache_resource(max_entries=16, show_spinner="Learning a vocabulary …")
def learned_tokenizer(kind: str, text: str, vocabulary_size: int) -> Tokenizer:
    """A tokenizer that has learned its vocabulary from this text.

    Raises:
        InputError: There is no text, or the vocabulary is too small for it.
    """
    return TOKENIZERS[kind].train([text], vocabulary_size)


@st.cache_resource(max_entries=12, show_spinner="Loading the model …")
def _load_trained(path: Path, step: int | None, changed: float) -> TrainedModel:
    return open_run(path).load(step)


@st.cache_resource(max_entries=16, show_spinner=False)
def _load_tokenizer(path: Path, changed: float) -> Tokenizer:
    return open_run(path).load_tokenizer()
