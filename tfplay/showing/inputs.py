"""What any Keras model is given: a text, ids or other arrays, with a name at each position."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.showing.words import Words, words_of

Names = Sequence[str] | Mapping[str, Sequence[str]]
"""A name for each position; of several inputs, by the input's name."""

_NO_TOKENS = ("mask", "segment", "type", "position")
"""Parts of the names of inputs whose whole numbers are no tokens."""


class Given(NamedTuple):
    """A model's inputs, and what their positions are called."""

    inputs: Any
    """An array, or a list or dictionary of arrays, as the model takes them: one example."""
    names: dict[str, list[str]]
    """By input, in order; an input whose positions have no names is not there."""


class _Input(NamedTuple):
    name: str
    shape: tuple[int | None, ...] | None
    """With its batch axis; `None` if the model does not tell."""
    reads_strings: bool


def read_given(model: keras.Model, given: Any, tokenizer: Any, names: Names | None) -> Given:
    """One example as a model takes it.

    Args:
        model: Any Keras model.
        given: A text, ids, an array with or without a batch axis, or several of these by name or in
            order. Of a batch the first is taken.
        tokenizer: What `words_of` takes; `None` if no text is given.
        names: Of the positions; `None` is a text's tokens, or numbers.

    Raises:
        InputError: They do not fit the model.

    Example:
        >>> read_given(model, token_ids[0], None, None).inputs.shape
        (1, 16)
    """
    own = _own_inputs(model)
    words = _own_words(model) if tokenizer is None else words_of(tokenizer)
    parts = _by_input(model, given, own, words)
    forms = {form.name: form for form in own}
    read = {name: _read(name, forms.get(name), part, words) for name, part in parts.items()}
    found = {name: labels for name, (_, labels) in read.items() if labels} | _named(names, read)
    arrays = {name: array for name, (array, _) in read.items()}
    if isinstance(given, Mapping) or _takes_names(model):
        return Given(arrays, found)
    inputs = list(arrays.values())
    return Given(inputs[0] if len(own) < 2 else inputs, found)


def _by_input(
    model: keras.Model, given: Any, own: list[_Input], words: Words | None
) -> dict[str, Any]:
    """What is given to each input."""
    if isinstance(given, Mapping):
        return dict(given)
    if len(own) < 2:
        return {own[0].name if own else "input": given}
    if isinstance(given, str) and words and (parts := _with_masks(given, own, words)):
        return parts
    if isinstance(given, list | tuple) and len(given) == len(own):
        return {form.name: each for form, each in zip(own, given, strict=True)}
    inputs = ", ".join(form.name for form in own)
    raise InputError(f"{model.name!r} has several inputs, give each by its name: {inputs}.")


def _with_masks(text: str, own: list[_Input], words: Words) -> dict[str, Any] | None:
    """A text's ids and what belongs to them, if nothing else is read: all real, in one segment."""
    others = [form for form in own if any(part in form.name for part in _NO_TOKENS)]
    if len(own) - len(others) != 1:
        return None
    token_ids = np.asarray(words.encode(text)).astype("int32")
    return {
        form.name: token_ids if form not in others else np.full_like(token_ids, "mask" in form.name)
        for form in own
    }


def _own_inputs(model: keras.Model) -> list[_Input]:
    """What a model says of its inputs; a subclass of `keras.Model` says nothing."""
    try:
        tensors = model.inputs or []
    except (AttributeError, ValueError):
        return []
    keys = {id(tensor): name for name, tensor in model.input.items()} if _takes_names(model) else {}
    return [
        _Input(keys.get(id(tensor), tensor.name), tuple(tensor.shape), tensor.dtype == "string")
        for tensor in tensors
    ]


def _takes_names(model: keras.Model) -> bool:
    """Whether a model takes its inputs in a dictionary."""
    try:
        return isinstance(model.input, Mapping)
    except (AttributeError, ValueError):
        return False


def _own_words(model: keras.Model) -> Words | None:
    """The tokenizer of a model of keras-hub, or the vocabulary of one that reads strings."""
    if tokenizer := getattr(getattr(model, "preprocessor", None), "tokenizer", None):
        return words_of(tokenizer)
    layers = (layer for layer in model._flatten_layers() if hasattr(layer, "get_vocabulary"))
    vectorizer = next(layers, None)
    return vectorizer and words_of(vectorizer)


def _read(name: str, form: _Input | None, given: Any, words: Words | None) -> tuple[Any, list[str]]:
    """An input as an array with a batch axis of 1, and the names of its tokens if it has any."""
    if isinstance(given, str):
        if form is not None and form.reads_strings:
            text = np.array([given] if len(form.shape) == 1 else [[given]])
            names = words.name(words.encode(given)) if words else []
            return keras.ops.convert_to_tensor(text, dtype="string"), names
        if words is None:
            raise InputError(
                f"The text {quoted(given)} needs a tokenizer: tfplay.show(model, text, "
                "tokenizer=...)."
            )
        given = np.asarray(words.encode(given)).astype("int32")
        if given.ndim != 1 or not given.size:
            raise InputError(f"The tokenizer gave no sequence of ids, but shape {given.shape}.")
    array = _with_batch(name, form, np.asarray(given))
    array, length = _to_length(name, form, array, words)
    is_tokens = array.ndim == 2 and array.dtype.kind in "iu"
    if words is None or not is_tokens or any(part in name for part in _NO_TOKENS):
        return array, []
    padding = ["[pad]"] * (array.shape[1] - length)
    return array, [*words.name(array[0, :length].tolist()), *padding]


def _with_batch(name: str, form: _Input | None, array: np.ndarray) -> np.ndarray:
    if array.dtype.kind not in "biuf":
        raise InputError(f"The input {name!r} is neither a text nor numbers: {quoted(array)}.")
    if array.dtype.kind == "f":
        array = array.astype("float32")
    rank = len(form.shape) if form else 2 if array.ndim == 1 else array.ndim
    if array.ndim == rank - 1:
        array = array[None]
    if array.ndim != rank or not array.size:
        raise InputError(
            f"The input {name!r} has the shape {array.shape}; {rank} axes are expected, the first "
            "of which is the batch."
        )
    return array[:1]


def _to_length(
    name: str, form: _Input | None, array: np.ndarray, words: Words | None
) -> tuple[np.ndarray, int]:
    """Ids filled up to the length that the model always reads, and how many there were."""
    length = array.shape[1] if array.ndim > 1 else 1
    wanted = form.shape[1] if form and len(form.shape) == 2 else None
    if wanted is None or wanted == length or array.dtype.kind not in "iu":
        return array, length
    if length > wanted:
        raise InputError(f"The input {name!r} is {length} long; the model reads {wanted}.")
    pad_id = words.pad_id if words else 0
    return np.pad(array, ((0, 0), (0, wanted - length)), constant_values=pad_id), length


def _named(names: Names | None, read: Mapping[str, Any]) -> dict[str, list[str]]:
    """The names that were given, by input."""
    if names is None:
        return {}
    if not isinstance(names, Mapping):
        return {next(iter(read)): [str(name) for name in names]}
    if strange := [name for name in names if name not in read]:
        raise InputError(f"There is no input {strange[0]!r} to name: there are {', '.join(read)}.")
    return {input_name: [str(name) for name in each] for input_name, each in names.items()}
