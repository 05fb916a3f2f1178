"""The file from which an interrupted training goes on, readable without Keras."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np

from tfplay.errors import InputError
from tfplay.store.arrays import read_arrays, require_stored, require_whole
from tfplay.store.status import check_figures
from tfplay.text.files import draft
from tfplay.training.low_rank import is_factor, merged
from tfplay.untrusted import damage_told

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
        # Any: by NumPy's types, an array could be called as one of the function's own arguments.
        named: dict[str, Any] = arrays | {_FIGURES: np.array(json.dumps(figures))}
        with draft(self.path) as place:
            np.savez(place, **named)

    def load(self) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
        """The arrays and figures that were saved last; `None` if none were.

        Raises:
            InputError: The file is damaged.
        """
        return self._read(lambda name: True)

    def figures(self) -> dict[str, Any] | None:
        """The figures alone, quickly; `None` if there is no checkpoint.

        Raises:
            InputError: The file is damaged.
        """
        read = self._read(lambda name: name == _FIGURES)
        return read and read[1]

    def require_whole(self) -> None:
        """Raises an `InputError` if a quick look at the checkpoint tells that it is damaged."""
        if self.figures() is not None:
            require_whole(self.path)

    def _read(
        self, is_wanted: Callable[[str], bool]
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
        if not self.path.exists():
            return None
        arrays = read_arrays(self.path, is_wanted)
        with damage_told(self.path):
            figures = json.loads(str(arrays.pop(_FIGURES)[()]))
        try:
            check_figures(figures)
        except InputError as error:
            raise InputError(f"{self.path} is damaged: {error}".rstrip(".") + ".") from error
        return arrays, figures

    def extract_model(self, path: Path) -> None:
        """Writes the model's weights alone to an `.npz` file, whole or not at all.

        Low-rank changes are added to their matrices.

        Raises:
            InputError: It cannot be written, for example to a full disk.
        """
        with damage_told(self.path), ZipFile(self.path) as source:
            has_changes = any(is_factor(name.removesuffix(".npy")) for name in source.namelist())
        if has_changes:
            arrays = read_arrays(self.path, lambda name: name.startswith(MODEL))
            named: dict[str, Any] = merged(
                {name.removeprefix(MODEL): array for name, array in arrays.items()}
            )
            with draft(path) as place:
                np.savez(place, **named)
            return
        with (
            draft(path) as place,
            damage_told(self.path),
            ZipFile(self.path) as source,
            ZipFile(place, "w") as target,
        ):
            for member in source.infolist():
                if member.filename.startswith(MODEL):
                    require_stored(self.path, member)
                    name = member.filename.removeprefix(MODEL)
                    with (
                        source.open(member) as array,
                        target.open(name, "w", force_zip64=True) as copy,
                    ):
                        shutil.copyfileobj(array, copy)
