"""Models and tokenizers, loaded once for all visitors."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from tfplay.app.model_code import load_model_code
from tfplay.store import Run, open_run
from tfplay.text import TOKENIZERS, Tokenizer

if TYPE_CHECKING:  # Keras takes seconds to import, and most pages show without
    from tfplay.tasks import TrainedModel


def run_trained(run: Run) -> "TrainedModel":
    """The run's model with its tokenizer and labels.

    Raises:
        InputError: It is missing or damaged.
    """
    load_model_code()
    return _load_trained(run.path, run.model_path.stat().st_mtime)


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
def _load_trained(path: Path, changed: float) -> "TrainedModel":
    return open_run(path).load()


@st.cache_resource(max_entries=16, show_spinner=False)
def _load_tokenizer(path: Path, changed: float) -> Tokenizer:
    return open_run(path).load_tokenizer()
