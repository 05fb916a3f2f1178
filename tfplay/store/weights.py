"""Models as files: what they are made of and their weights, without the optimizer's memory."""

from pathlib import Path
from zipfile import BadZipFile

import keras
import numpy as np
from keras import ops

from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.models import build_model
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
    model = build_model(config)
    try:
        model.load_weights(path)
    except BadZipFile as error:
        raise InputError(f"{path} is cut short or damaged.") from error
    except ValueError as error:
        raise InputError(f"{path} does not have the weights of the model it should.") from error
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
    model = build_model(config)
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = dict(archive)
    except (BadZipFile, EOFError, OSError, ValueError) as error:
        raise InputError(f"{path} is cut short or damaged.") from error
    if {name: array.shape for name, array in arrays.items()} != {
        weight.path: tuple(weight.shape) for weight in model.weights
    }:
        raise InputError(f"{path} does not have the weights of the model it should.")
    for weight in model.weights:
        weight.assign(arrays[weight.path])
    return model
