"""The safetensors format: a header of JSON that says where each array's bytes stand after it."""

import json
from collections import Counter
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.checkpoints.sources.base import Tensor
from tfplay.checkpoints.sources.mapped import (
    BFLOAT16,
    checked_name,
    checked_shape,
    mapped_tensor,
    require_apart,
)
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import file_size

METADATA = "__metadata__"

_DTYPES = {
    **{f"F{bits}": np.dtype(f"<f{bits // 8}") for bits in (16, 32, 64)},
    **{f"I{bits}": np.dtype(f"<i{bits // 8}") for bits in (8, 16, 32, 64)},
    **{f"U{bits}": np.dtype(f"<u{bits // 8}") for bits in (8, 16, 32, 64)},
    "BF16": BFLOAT16,
    "BOOL": np.dtype(bool),
}
_LENGTH_BYTES = 8
_MOST_HEADER_BYTES = 4_000_000
"""That of a model of 1000 arrays has 0.1 million."""


def read_safetensors(path: Path) -> tuple[dict[str, str], dict[str, Tensor]]:
    """What a `.safetensors` file says of itself, and its arrays by name.

    Raises:
        InputError: It is missing, damaged, or has numbers of a kind that is not known.
    """
    size = file_size(path)
    header, start = _read_header(path, size)
    about = header.pop(METADATA, {})
    if not isinstance(about, dict) or not all(isinstance(text, str) for text in about.values()):
        raise InputError(f"{path.name} is damaged: its {METADATA!r} is {quoted(about)}.")
    tensors, places = {}, []
    for name, entry in header.items():
        shape, dtype, first, last = _checked_entry(path, checked_name(path, name), entry)
        tensors[name] = mapped_tensor(path, name, shape, dtype, start + first)
        places.append((first, last, name))
    require_apart(path, places, size - start)
    unused = size - start - sum(last - first for first, last, _ in places)
    if unused:
        raise InputError(f"{path.name} is damaged: {unused:,} of its bytes are of no array.")
    return about, tensors


def _read_header(path: Path, size: int) -> tuple[dict[str, Any], int]:
    """The header, and where it ends."""
    with path.open("rb") as stream:
        length = int.from_bytes(stream.read(_LENGTH_BYTES), "little")
        if size < _LENGTH_BYTES or length > size - _LENGTH_BYTES:
            raise InputError(
                f"{path.name} is cut short or no safetensors file: its header should have "
                f"{length:,} bytes, and the file has {size:,}."
            )
        if length > _MOST_HEADER_BYTES:
            raise InputError(
                f"{path.name} has a header of {length:,} bytes; the most is {_MOST_HEADER_BYTES:,}."
            )
        text = stream.read(length)
    try:
        header = json.loads(text.decode(), object_pairs_hook=_once_each)
    except InputError as error:
        raise InputError(f"{path.name} is damaged: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path.name} is damaged: its header is not JSON.") from error
    if not isinstance(header, dict):
        raise InputError(f"{path.name} is damaged: its header is not a JSON object.")
    return header, _LENGTH_BYTES + length


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise InputError(f"its header has {quoted(twice)} twice")
    return entries


def _checked_entry(path: Path, name: str, entry: Any) -> tuple[tuple[int, ...], np.dtype, int, int]:
    """Shape, kind of numbers, first byte and byte after the last, counted from the header's end."""
    if not isinstance(entry, dict) or entry.keys() != {"dtype", "shape", "data_offsets"}:
        raise InputError(f"{path.name} is damaged: {quoted(name)} in it is {quoted(entry)}.")
    dtype = _DTYPES.get(entry["dtype"]) if isinstance(entry["dtype"], str) else None
    if dtype is None:
        raise InputError(
            f"{path.name} has {quoted(name)} as {quoted(entry['dtype'])}; what can be read is "
            f"{', '.join(_DTYPES)}."
        )
    shape = checked_shape(path, name, entry["shape"])
    match entry["data_offsets"]:
        case [int(first), int(last)] if 0 <= first <= last:
            pass
        case other:
            raise InputError(
                f"{path.name} is damaged: {quoted(name)} in it stands at {quoted(other)}."
            )
    if last - first != prod(shape) * dtype.itemsize:
        raise InputError(
            f"{path.name} is damaged: {quoted(name)} in it takes "
            f"{prod(shape) * dtype.itemsize:,} bytes, and has {last - first:,}."
        )
    return shape, dtype, first, last
