"""Models as files: what they are made of and their weights, without the optimizer's memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfplay.config import ModelConfig, count_parameters
from tfplay.errors import InputError
from tfplay.store.arrays import (
    read_arrays,
    require_bytes_for,
    require_plain_keras_file,
)
from tfplay.text.files import draft
from tfplay.training.low_rank import merged
from tfplay.untrusted import damage_told

if TYPE_CHECKING:
    from tfplay.models import TransformerModel

_SCALE = "/scale"
_MOST_STEPS = 127
_LEAST_SCALE = 1e-7
"""About the least number above 0 that float16 has, for rows of zeros."""


def save_model(model: TransformerModel, path: Path, dtype: str = "float32") -> None:
    """Saves a model as a `.keras` file, whole or not at all.

    The file has no optimizer state; a low-rank change is added to its matrices.

    Args:
        model: The model, whatever it was trained with.
        path: The file.
        dtype: Of the weights in the file; "float16" takes half the room.

    Raises:
        InputError: It cannot be written, for example to a full disk.
    """
    plain = _build(model.config, dtype=dtype)
    arrays = _plain_arrays(model)
    for weight in plain.weights:
        weight.assign(arrays[weight.path])
    with draft(path) as place:
        plain.save(place)


def load_model(config: ModelConfig, path: Path) -> TransformerModel:
    """Builds the model anew and copies the weights from a `.keras` file.

    Unlike `keras.saving.load_model` it takes nothing from the file but numbers.

    Raises:
        InputError: The file is missing, damaged, or of a model that is made differently.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing: the model has not been saved.")
    require_plain_keras_file(path, count_parameters(config))
    model = _build(config)
    with damage_told(path):
        try:
            model.load_weights(path)
        except ValueError as error:
            raise _other_model(path) from error
    _require_finite(model, path)
    return model


def save_weights(model: TransformerModel, path: Path) -> None:
    """Saves the weights alone as an `.npz` file, whole or not at all.

    It has a float32 array for each weight, under the weight's path. In a few milliseconds it is
    written, where a `.keras` file takes a second.

    Raises:
        InputError: It cannot be written, for example to a full disk.
    """
    # Any: by NumPy's types, an array could be called as one of the function's own arguments.
    arrays: dict[str, Any] = _plain_arrays(model)
    with draft(path) as place:
        np.savez(place, **arrays)


def save_small_weights(model: TransformerModel, path: Path) -> None:
    """Saves the weights as an `.npz` file of about a quarter of the size, whole or not at all.

    A matrix has 8-bit whole numbers and for each row a float16, its scale: a weight is the product
    of the two. The other weights are float16.

    Raises:
        InputError: They cannot be written, for example to a full disk.
    """
    arrays: dict[str, Any] = {}
    for name, array in _plain_arrays(model).items():
        if array.ndim != 2:
            arrays[name] = array.astype("float16")
            continue
        largest = np.abs(array).max(axis=1, keepdims=True)
        scale = np.maximum(largest / _MOST_STEPS, _LEAST_SCALE).astype("float16")
        steps = np.round(array / scale.astype("float32"))
        arrays[name] = np.clip(steps, -_MOST_STEPS, _MOST_STEPS).astype("int8")
        arrays[name + _SCALE] = scale
    with draft(path) as place:
        np.savez(place, **arrays)


def load_weights(config: ModelConfig, path: Path) -> TransformerModel:
    """Builds the model anew and copies the weights from an `.npz` file, small or not.

    Raises:
        InputError: The file is missing, damaged, or of a model that is made differently.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing: these weights have not been saved.")
    require_bytes_for(path, count_parameters(config), bytes_each=1)
    arrays = _scaled(read_arrays(path))
    model = _build(config)
    shapes = {weight.path: tuple(weight.shape) for weight in model.weights}
    if {name: array.shape for name, array in arrays.items()} != shapes or any(
        array.dtype.kind != "f" for array in arrays.values()
    ):
        raise _other_model(path)
    for weight in model.weights:
        weight.assign(arrays[weight.path])
    _require_finite(model, path)
    return model


def _plain_arrays(model: TransformerModel) -> dict[str, np.ndarray]:
    """The weights in float32 by path, low-rank changes added to their matrices."""
    return merged(
        {weight.path: np.asarray(weight.numpy(), dtype="float32") for weight in model.weights}
    )


def _scaled(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights, those of 8 bits multiplied by the scales of their rows."""
    weights = dict(arrays)
    for name, array in arrays.items():
        scale = arrays.get(name + _SCALE)  # a norm's own weight may be called scale too
        if array.dtype == "int8" and scale is not None and scale.shape == (*array.shape[:1], 1):
            weights[name] = array * scale.astype("float32")
            del weights[name + _SCALE]
    return weights


def _build(config: ModelConfig, dtype: str | None = None) -> TransformerModel:
    """The model, for weights that are assigned to it."""
    from tfplay.models import build_model  # with Keras, which a list of runs does not need

    return build_model(config, dtype=dtype, empty=True)


def _require_finite(model: TransformerModel, path: Path) -> None:
    for weight in model.weights:
        if not np.isfinite(weight.numpy()).all():
            raise InputError(f"{path} has weights that are no numbers (NaN or infinite).")


def _other_model(path: Path) -> InputError:
    return InputError(f"{path} does not have the weights of the model it should.")
