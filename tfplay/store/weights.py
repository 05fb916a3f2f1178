"""Models as files: what they are made of and their weights, without the optimizer's memory."""

from pathlib import Path

import keras
import numpy as np
from keras import ops

from tfplay.config import ModelConfig, count_parameters
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.store.arrays import (
    damage_told,
    read_arrays,
    require_bytes_for,
    require_plain_keras_file,
)
from tfplay.text.files import draft


def save_model(model: keras.Model, path: Path) -> None:
    """Saves a model as a `.keras` file, whole or not at all.

    The file has float32 weights and no optimizer state, whatever the model was trained with.

    Raises:
        InputError: It cannot be written, for example to a full disk.
    """
    plain = build_model(model.config, dtype="float32")
    plain.set_weights(model.get_weights())
    with draft(path) as place:
        plain.save(place)


def load_model(config: ModelConfig, path: Path) -> keras.Model:
    """Builds the model anew and copies the weights from a `.keras` file.

    Unlike `keras.saving.load_model` it takes nothing from the file but numbers.

    Raises:
        InputError: The file is missing, damaged, or of a model that is made differently.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing: the model has not been saved.")
    require_plain_keras_file(path, count_parameters(config))
    model = build_model(config)
    with damage_told(path):
        try:
            model.load_weights(path)
        except ValueError as error:
            raise _other_model(path) from error
    _require_finite(model, path)
    return model


def save_weights(model: keras.Model, path: Path) -> None:
    """Saves the weights alone as an `.npz` file, whole or not at all.

    It has a float32 array for each weight, under the weight's path. In a few milliseconds it is
    written, where a `.keras` file takes a second.

    Raises:
        InputError: It cannot be written, for example to a full disk.
    """
    arrays = {
        weight.path: np.asarray(ops.convert_to_numpy(weight), dtype="float32")
        for weight in model.weights
    }
    with draft(path) as place:
        np.savez(place, **arrays)


def load_weights(config: ModelConfig, path: Path) -> keras.Model:
    """Builds the model anew and copies the weights from an `.npz` file.

    Raises:
        InputError: The file is missing, damaged, or of a model that is made differently.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing: these weights have not been saved.")
    require_bytes_for(path, count_parameters(config))
    arrays = read_arrays(path)
    model = build_model(config)
    shapes = {weight.path: tuple(weight.shape) for weight in model.weights}
    if {name: array.shape for name, array in arrays.items()} != shapes or any(
        array.dtype.kind != "f" for array in arrays.values()
    ):
        raise _other_model(path)
    for weight in model.weights:
        weight.assign(arrays[weight.path])
    _require_finite(model, path)
    return model


def _require_finite(model: keras.Model, path: Path) -> None:
    for weight in model.weights:
        if not np.isfinite(ops.convert_to_numpy(weight)).all():
            raise InputError(f"{path} has weights that are no numbers (NaN or infinite).")


def _other_model(path: Path) -> InputError:
    return InputError(f"{path} does not have the weights of the model it should.")
