"""When a model's answers can be trusted, as a file of its own in the model's folder."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.errors import InputError
from tfplay.store.arrays import read_arrays
from tfplay.text.files import draft
from tfplay.trust import Sketch, Temperature, Trust
from tfplay.trust.calibration import LARGEST_LOG

TRUST = "trust.npz"
"""The file's name."""

_MOST_BYTES = 60_000  # a sketch has half of it at most


def save_trust(path: Path, trust: Trust) -> None:
    """Writes the file, whole or not at all; one that is there is replaced."""
    numbers = [*trust.temperature, trust.most_unseen, trust.least_certainty]
    arrays: dict[str, Any] = {"numbers": np.array(numbers)}
    if trust.sketch:
        arrays |= {"bits": trust.sketch.bits, "has_case": np.array(trust.sketch.has_case)}
    with draft(path) as place, place.open("wb") as stream:
        np.savez(stream, **arrays)


def load_trust(path: Path) -> Trust:
    """Reads the file.

    Raises:
        InputError: It is damaged.
    """
    damaged = InputError(
        f"{path} is damaged; delete it, and the model answers without telling when to doubt it."
    )
    try:
        arrays = read_arrays(path)
    except InputError as error:
        raise damaged from error
    numbers, bits = arrays.get("numbers"), arrays.get("bits")
    if numbers is None or numbers.dtype != "float64" or numbers.shape != (4,):
        raise damaged
    log, slope, most_unseen, least_certainty = numbers.tolist()
    if not all(map(math.isfinite, numbers.tolist())):
        raise damaged
    if log < -LARGEST_LOG or slope < 0 or log + slope > LARGEST_LOG:
        raise damaged
    sketch = None
    if bits is not None:
        if bits.dtype != "uint8" or bits.ndim != 1 or not 0 < len(bits) <= _MOST_BYTES:
            raise damaged
        sketch = Sketch(bits, bool(np.all(arrays.get("has_case", True))))
    return Trust(sketch, Temperature(log, slope), most_unseen, least_certainty)
