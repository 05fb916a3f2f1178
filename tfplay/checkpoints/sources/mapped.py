"""Arrays that are views of a file: claims about names, shapes and places, checked beforehand."""

from collections.abc import Iterable
from functools import partial
from math import prod
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np

from tfplay.checkpoints.sources.base import Tensor
from tfplay.cutting import quoted
from tfplay.errors import InputError

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)

_LONGEST_NAME = 256
_MOST_AXES = 8
_MOST_NUMBERS = 2**60


def mapped_tensor(
    path: Path, name: str, shape: tuple[int, ...], dtype: np.dtype, offset: int
) -> Tensor:
    """An array that stands in a file byte for byte.

    Args:
        path: The file.
        name: The array's name.
        shape: The array's shape.
        dtype: What its bytes are.
        offset: Where in the file it begins.
    """
    return Tensor(name, shape, dtype.name, partial(read_mapped, path, shape, dtype, offset))


def read_mapped(path: Path, shape: tuple[int, ...], dtype: np.dtype, offset: int) -> np.ndarray:
    """A view of a file's bytes.

    Raises:
        InputError: The file is gone or shorter than it was.
    """
    if 0 in shape:
        return np.zeros(shape, dtype)
    if dtype.kind == "b":  # a byte that is neither 0 nor 1 is no bool for NumPy
        return read_mapped(path, shape, np.dtype("uint8"), offset) != 0
    try:
        return np.asarray(np.memmap(path, dtype, "r", offset, shape))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} has changed since it was opened.") from error


def checked_name(path: Path, name: Any) -> str:
    """A name that can be shown; raises an `InputError` for any other."""
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
        raise InputError(f"{path.name} is damaged: it has {quoted(name)} as a name.")
    return name


def checked_shape(path: Path, name: str, shape: Any) -> tuple[int, ...]:
    """A shape that an array can have; raises an `InputError` for any other."""
    is_shape = (
        isinstance(shape, list | tuple)
        and len(shape) <= _MOST_AXES
        and all(type(size) is int and size >= 0 for size in shape)
        and prod(size or 1 for size in shape) < _MOST_NUMBERS  # NumPy minds also those of no rows
    )
    if not is_shape:
        raise InputError(
            f"{path.name} is damaged: {quoted(name)} in it has the shape {quoted(shape)}."
        )
    return tuple(shape)


def require_apart(path: Path, places: Iterable[tuple[int, int, str]], size: int) -> None:
    """Raises an `InputError` unless arrays lie within their file, and none in another.

    Args:
        path: The file.
        places: Where each array begins and ends, and its name.
        size: Bytes of what they lie in.
    """
    end, before = 0, ""
    for start, stop, name in sorted(places):
        if stop > size:
            raise InputError(
                f"{path.name} is cut short or damaged: {quoted(name)} should end at byte {stop:,} "
                f"of {size:,}."
            )
        if start < stop:
            if start < end:
                raise InputError(
                    f"{path.name} is damaged: {quoted(name)} and {quoted(before)} overlap."
                )
            end, before = stop, name
