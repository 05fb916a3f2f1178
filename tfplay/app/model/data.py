"""What a model learned from and was validated on, as it reads it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import streamlit as st

from tfplay.app.model.model_code import load_model_code
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, Batch, LanguageModelData, TaskData
from tfplay.zoo.entries import zoo_model
from tfplay.zoo.training import write_examples

EXAMPLES_AT_ONCE = 16


def data_of(model: Model) -> TaskData:
    """What the model learned from, split and encoded as it was for its training.

    Raises:
        InputError: It is gone or not known, or no longer gives the vocabulary that the model has.
    """
    load_model_code()
    changed = model.tokenizer_path.stat().st_mtime if model.reads_text else 0.0
    return _data_of(model, model.path, changed)


@st.cache_resource(max_entries=3, show_spinner="Reading what it learned from …")
def _data_of(_model: Model, path: Path, changed: float) -> TaskData:
    examples = _read(_model)
    recipe = _model.learned_from.recipe
    settings = recipe.data_settings()
    if recipe.start:
        settings["tokenizer"] = _model.load_tokenizer()
    data = TASKS[_model.task].prepare(examples, **settings)
    if data.tokenizer and data.tokenizer.vocabulary != _model.load_tokenizer().vocabulary:
        raise InputError(f"The data of {_model.title} is no longer what the model learned from.")
    return data


def _read(model: Model) -> Any:
    """The examples; those of a shipped model are written once more by their grammar."""
    if model.origin != "shipped":
        return model.read_data()
    with TemporaryDirectory() as folder:
        return TASKS[model.task].read(write_examples(zoo_model(model.id), Path(folder)))


def validation_sample(data: TaskData, most_tokens: int) -> list[Batch]:
    """Some of the examples that the model was validated on, evenly chosen.

    Args:
        data: From `data_of`.
        most_tokens: About as many tokens are read in all of them.

    Raises:
        InputError: There are no validation examples.
    """
    batches = list(data.validation_batches(EXAMPLES_AT_ONCE))
    if not batches:
        raise InputError("This run kept no examples for validation, so there is nothing to try.")
    num_tokens = sum(batch.num_tokens for batch in batches)
    chosen = batches[:: max(1, round(num_tokens / most_tokens))]
    return [batch.take(np.flatnonzero(_is_asked(batch.labels))) for batch in chosen]


def read_by_decoder(batch: Batch) -> np.ndarray:
    """(B, T): the tokens after which the next is predicted."""
    return batch.inputs.get("decoder_token_ids", batch.inputs.get("token_ids"))


def training_examples(data: TaskData) -> list[Batch]:
    """All that the model learned from, once; one long text is a single example."""
    if isinstance(data, LanguageModelData):
        stream = data.training_ids[None]
        return [Batch({"token_ids": stream[:, :-1]}, stream[:, 1:])]
    return data.training_buckets


def _is_asked(labels: np.ndarray) -> np.ndarray:
    """(B,): whether anything is asked of each example; in one that only fills up nothing is."""
    return (labels >= 0).reshape(len(labels), -1).any(axis=1)
