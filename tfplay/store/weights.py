"""Models as files: what they are made of and their weights, without the optimizer's memory."""

from pathlib import Path
from zipfile import BadZipFile

import keras

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
