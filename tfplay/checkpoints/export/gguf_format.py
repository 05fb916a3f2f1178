"""Writes the GGUF format, which `sources/gguf.py` reads."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.checkpoints.sources.base import Tensor

_VERSION = 3
_ALIGNMENT = 32
_UINT32, _INT32, _FLOAT32, _BOOL, _TEXT, _LIST = 4, 5, 6, 7, 8, 9
_KINDS = {"float32": (0, 4), "float16": (1, 2)}
"""The format's number of each kind of array, and the bytes of a value."""


def write_gguf(path: Path, about: Mapping[str, Any], tensors: Sequence[Tensor]) -> None:
    """Writes a file, with one tensor at a time in memory.

    Args:
        path: The file, which is replaced.
        about: What it says of the model: numbers, texts, and lists of texts or of whole numbers.
        tensors: Of float32 or float16.
    """
    with path.open("wb") as stream:
        stream.write(b"GGUF" + struct.pack("<IQQ", _VERSION, len(tensors), len(about)))
        for name, value in about.items():
            stream.write(_text(name) + _entry(value))
        for tensor, start in zip(tensors, _starts(tensors), strict=True):
            kind, _ = _KINDS[tensor.dtype]
            sizes = tensor.shape[::-1]  # the fastest axis first
            axes = struct.pack(f"<I{len(sizes)}Q", len(sizes), *sizes)
            stream.write(_text(tensor.name) + axes + struct.pack("<IQ", kind, start))
        stream.write(b"\0" * (-stream.tell() % _ALIGNMENT))
        for tensor in tensors:
            stream.write(np.ascontiguousarray(tensor.read()).tobytes())
            stream.write(b"\0" * (-stream.tell() % _ALIGNMENT))


def _starts(tensors: Sequence[Tensor]) -> Iterator[int]:
    """Where each tensor begins, counted from where all begin."""
    start = 0
    for tensor in tensors:
        yield start
        num_bytes = prod(tensor.shape) * _KINDS[tensor.dtype][1]
        start += num_bytes + -num_bytes % _ALIGNMENT


def _entry(value: Any) -> bytes:
    """A value after its kind."""
    match value:
        case bool():
            return struct.pack("<I?", _BOOL, value)
        case int():
            return struct.pack("<II", _UINT32, value)
        case float():
            return struct.pack("<If", _FLOAT32, value)
        case str():
            return struct.pack("<I", _TEXT) + _text(value)
    is_text = isinstance(value[0], str)
    head = struct.pack("<IIQ", _LIST, _TEXT if is_text else _INT32, len(value))
    return head + b"".join(_text(each) if is_text else struct.pack("<i", each) for each in value)


def _text(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack("<Q", len(encoded)) + encoded
