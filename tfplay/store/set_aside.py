"""Models of others taken away in such a manner that they can still be brought back."""

import os
import shutil
from pathlib import Path

from tfplay.errors import InputError
from tfplay.home import make_folder
from tfplay.store.files import writing_told
from tfplay.store.model import Model
from tfplay.store.opened import models_folder, read_model


def set_aside(model: Model) -> None:
    """Takes a model away until `bring_back`, or for good with `forget_set_aside`.

    Raises:
        InputError: It is none that was fetched or added, or is on a read-only disk.
    """
    if model.path.parent != models_folder():
        raise InputError(f"{model.title} was neither fetched nor added; it stays where it is.")
    place = _aside() / model.id
    with writing_told(model.path):
        make_folder(place.parent)
        if place.exists():  # another of this name was taken away before
            shutil.rmtree(place)
        os.replace(model.path, place)


def bring_back(name: str) -> Model:
    """The model of this name, back from where `set_aside` took it.

    Raises:
        InputError: It is gone for good, or there is another of its name by now.
    """
    folder, place = models_folder() / name, _aside() / name
    if folder.exists():
        raise InputError(f"There is a model {name!r} already; delete it first.")
    if not place.is_dir():
        raise InputError(f"The model {name!r} is gone for good.")
    with writing_told(folder):
        os.replace(place, folder)
    return read_model(folder)


def forget_set_aside() -> None:
    """Removes for good what was taken away; on a read-only disk it stays."""
    shutil.rmtree(_aside(), ignore_errors=True)


def _aside() -> Path:
    return models_folder() / ".set-aside"
