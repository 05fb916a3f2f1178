"""The file from which an interrupted training goes on, readable without Keras."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np

from tfplay.errors import InputError
from tfplay.text.files import draft

MODEL = "model/"
"""What the names of the model's weights begin with, among the other arrays."""

_FIGURES = "figures"


class CheckpointFile:
    """An `.npz` file of arrays and of figures in JSON; it fills `CheckpointKeeper`.

    Args:
        path: The file, which need not be there yet.
    """

    def __init__(self, path: Path):
        self.path = path

    def save(self, arrays: dict[str, np.ndarray], figures: dict[str, Any]) -> None:
        """Takes the place of the checkpoint before it, whole or not at all.

        Raises:
            InputError: It cannot be written, for example to a full disk.
        """
        with draft(self.path) as place:
            np.savez(place, **arrays, **{_FIGURES: np.array(json.dumps(figures))})

    def load(self) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
        """The arrays and figures that were saved last; `None` if none were.

        Raises:
            InputError: The file is damaged.
        """
        return self._read(dict)

    def figures(self) -> dict[str, Any] | None:
        """The figures alone, quickly; `None` if there is no checkpoint.

        Raises:
            InputError: The file is damaged.
        """
        read = self._read(lambda archive: {_FIGURES: archive[_FIGURES]})
        return read and read[1]

    def _read(
        self, choose: Callable[[Any], dict[str, np.ndarray]]
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
        if not self.path.exists():
            return None
        try:
            with np.load(self.path, allow_pickle=False) as archive:
                arrays = choose(archive)
            return arrays, json.loads(str(arrays.pop(_FIGURES)))
        except (BadZipFile, EOFError, KeyError, OSError, ValueError) as error:
            raise InputError(f"{self.path} is cut short or damaged.") from error

    def extract_model(self, path: Path) -> None:
        """Writes the model's weights alone to an `.npz` file, whole or not at all.

        Raises:
            InputError: It cannot be written, for example to a full disk.
        """
        with draft(path) as place, ZipFile(self.path) as source, ZipFile(place, "w") as target:
            for name in source.namelist():
                if name.startswith(MODEL):
                    with (
                        source.open(name) as array,
                        target.open(name.removeprefix(MODEL), "w", force_zip64=True) as copy,
                    ):
                        shutil.copyfileobj(array, copy)
