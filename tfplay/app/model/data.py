"""What a model learned from and was validated on, as it reads it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from tfplay.app.model.model_code import load_model_code
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, TaskData
from tfplay.zoo.entries import zoo_model
from tfplay.zoo.training import write_examples


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
