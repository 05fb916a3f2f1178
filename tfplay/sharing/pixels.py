"""A picture as a snapshot has it: drawn, brought, or of a data set that is not given away."""

import base64
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from tfplay.errors import InputError

MOST_NUMBERS = 200_000
"""Of a picture: pixels times channels; 256 x 256 in three colours fit."""

_TYPE = "<f4"


def as_data(pixels: np.ndarray) -> dict[str, Any]:
    """The picture as JSON has it, which `as_pixels` reads: no number of it is rounded.

    Args:
        pixels: (height, width) or (height, width, channels).

    Raises:
        InputError: It is too large.
    """
    if pixels.size > MOST_NUMBERS:
        raise InputError(
            f"The picture has {pixels.size:,} numbers; a snapshot keeps {MOST_NUMBERS:,} at most."
        )
    numbers = base64.b64encode(pixels.astype(_TYPE).tobytes()).decode()
    return {"shape": list(pixels.shape), "numbers": numbers}


def as_pixels(data: Mapping[str, Any]) -> np.ndarray:
    """Reads what `as_data` wrote.

    Raises:
        InputError: It is damaged.
    """
    try:
        shape = tuple(int(length) for length in data["shape"])
        if not 2 <= len(shape) <= 3 or min(shape) < 1 or math.prod(shape) > MOST_NUMBERS:
            raise ValueError(shape)
        content = base64.b64decode(data["numbers"], validate=True)
        return np.frombuffer(content, _TYPE).reshape(shape).astype("float32")
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("The picture of this snapshot is damaged.") from error
