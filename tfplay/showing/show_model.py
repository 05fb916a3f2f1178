"""`tfplay.show`: any model with attention, seen on one input."""

import os
from typing import Any

import keras
import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.models import TransformerModel
from tfplay.showing.document import VIEWS
from tfplay.showing.findings import Findings
from tfplay.showing.foreign import look_from_outside
from tfplay.showing.inputs import Names
from tfplay.showing.ours import look_inside
from tfplay.showing.shown import Shown
from tfplay.store.loading import LoadedModel, load
from tfplay.store.opened import task_of
from tfplay.tasks import TrainedModel
from tfplay.text import Tokenizer


def show(
    model: Any,
    text: Any,
    view: str = "attention",
    *,
    tokenizer: Any = None,
    names: Names | None = None,
    second: str = "",
) -> Shown:
    """Shows a model's attention on one input, in a notebook or as a file.

    The model runs once, in this process, and stays as it is. Of one of ours the answer of every
    layer is shown too.

    Args:
        model: A model's name, what `tfplay.load` returns, or any Keras model with attention layers.
        text: What the model reads: a text, token ids, or an array such as a picture, a table or a
            time series, with or without a batch axis. Several inputs are given as the model takes
            them, in a list or a dictionary.
        view: What is open at first: `"attention"`, `"lines"`, `"text"` or `"lens"`.
        tokenizer: What turns text into ids, for a model that comes without: one of ours, of
            keras-nlp, keras-hub, `tokenizers` or `transformers`, a
            `keras.layers.TextVectorization`, or a function from a text to its ids.
        names: What the positions are called; `None` is the tokens, or numbers. Of a model with
            several inputs, by the input's name.
        second: Of one of ours, what a translator or a chat model is to have written, empty for its
            own answer; or the question to a passage.

    Returns:
        What a notebook shows as the last line of a cell.

    Raises:
        InputError: There is no such model, it has no attention layers or some that are not known,
            or what it was given does not fit it.

    Example:
        >>> shown = show("sentiment", "I wanted to love it, but it was boring.")
        >>> shown.save_html("boring.html")
        >>> shown.to_arrays()["self_attention_scores"].shape
        (3, 4, 13, 13)
    """
    if view not in VIEWS:
        raise InputError(f"There is no view {quoted(view)}: there are {', '.join(VIEWS)}.")
    title = ""
    if isinstance(model, str | os.PathLike):
        title, model = os.path.basename(model), load(model)
    found = _look(title, model, text, tokenizer, names, second)
    if view == "lens" and found.lens is None:
        raise InputError(
            "The answers of each layer are known of TFPlay's own models alone: "
            "tfplay.load gives one."
        )
    return Shown(found, view)


def _look(
    title: str, model: Any, given: Any, tokenizer: Any, names: Names | None, second: str
) -> Findings:
    if isinstance(model, LoadedModel):
        model = TrainedModel(
            model.task,
            model.model,
            model.tokenizer,
            model.labels,
            source_tokenizer_or_none=model.source_tokenizer,
        )
    elif isinstance(model, TransformerModel) and isinstance(tokenizer, Tokenizer):
        model = TrainedModel(task_of(model.config, tokenizer), model, tokenizer)
    if isinstance(model, TrainedModel):
        if isinstance(given, str) or model.tokenizer_or_none is None or _is_ids_of(model, given):
            return look_inside(title or model.model.name, model, given, second)
        tokenizer, model = model.tokenizer_or_none, model.model
    if isinstance(model, keras.Model):
        return look_from_outside(model, given, tokenizer, names)
    raise InputError(
        f"A {type(model).__name__} is no model: give one of Keras 3, what tfplay.load returns, or "
        "a model's name."
    )


def _is_ids_of(model: TrainedModel, given: Any) -> bool:
    """Whether they are the ids of all that a model reads."""
    is_flat = isinstance(given, list | np.ndarray) and np.ndim(given) == 1
    return (
        is_flat and np.asarray(given).dtype.kind in "iu" and model.architecture != "encoder-decoder"
    )
