"""Models and tokenizers, loaded once for all visitors."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from tfplay.app.model.model_code import load_model_code
from tfplay.store import Model
from tfplay.tasks import TrainedModel
from tfplay.text import TOKENIZERS, Tokenizer


def _version(model: Model) -> tuple | None:
    """`None` if it was deleted meanwhile: then nothing is kept of it, and loading it tells so."""
    with suppress(OSError):
        return model.version
    return None


BY_VERSION = {Model: _version}
"""By what a cache knows a model, if what it keeps depends on the weights: its `hash_funcs`."""

BY_FOLDER = {Model: lambda model: str(model.path)}
"""The same, if what it keeps is of all steps."""


def load_trained(model: Model) -> TrainedModel:
    """The model with its tokenizer and labels.

    Raises:
        InputError: It is damaged.
        OSError: It was deleted meanwhile.
    """
    load_model_code()
    model.weights_path.stat()
    return _load_trained(model)


def tokenizer_of(model: Model) -> Tokenizer:
    """The model's tokenizer; of two vocabularies, that of what it writes.

    Raises:
        InputError: It is missing or damaged.
    """
    path = model.tokenizer_path
    return _load_tokenizer(path, path.stat().st_mtime, model)


def source_tokenizer_of(model: Model) -> Tokenizer:
    """The tokenizer of what the model reads; of most also that of what it writes.

    Raises:
        InputError: It is missing or damaged.
    """
    path = model.source_tokenizer_path
    return _load_tokenizer(path, path.stat().st_mtime, model)


@st.cache_resource(max_entries=16, show_spinner="Learning a vocabulary …")
def learned_tokenizer(kind: str, text: str, vocabulary_size: int) -> Tokenizer:
    """A tokenizer that has learned its vocabulary from this text.

    Raises:
        InputError: There is no text, or the vocabulary is too small for it.
    """
    return TOKENIZERS[kind].train([text], vocabulary_size)


@st.cache_resource(max_entries=12, show_spinner="Loading the model …", hash_funcs=BY_VERSION)
def _load_trained(model: Model) -> TrainedModel:
    return model.load()


@st.cache_resource(max_entries=16, show_spinner=False)
def _load_tokenizer(path: Path, changed: float, _model: Model) -> Tokenizer:
    is_written = path == _model.tokenizer_path
    return _model.load_tokenizer() if is_written else _model.load_source_tokenizer()
