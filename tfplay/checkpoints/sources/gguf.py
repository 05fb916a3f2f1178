"""The GGUF format of llama.cpp: entries that describe a model, then arrays, often quantised."""

import struct
from dataclasses import dataclass
from functools import partial
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np

from tfplay.checkpoints.sources.base import Tensor
from tfplay.checkpoints.sources.mapped import (
    BFLOAT16,
    checked_name,
    checked_shape,
    mapped_tensor,
    read_mapped,
    require_apart,
)
from tfplay.checkpoints.sources.quantized import BLOCKS, Block, dequantized
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import file_size

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_HEAD_BYTES = 64_000_000
"""Of all in front of the arrays; a vocabulary of 256,000 with its merges takes about 15 million."""
_MOST_ENTRIES = 10_000
_MOST_TENSORS = 50_000
_MOST_TEXTS = 1_000_000
"""In all lists of a file; each is an object in memory."""
_MOST_AXES = 4
_DEFAULT_ALIGNMENT, _MOST_ALIGNMENT = 32, 1 << 16

_NUMBERS = {
    **{0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f"},
    **{7: "?", 10: "Q", 11: "q", 12: "d"},
}
"""The kinds of values that are numbers, as `struct` and NumPy call them."""
_TEXT, _LIST = 8, 9

_PLAIN = {
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": BFLOAT16,
    "F64": np.dtype("<f8"),
    **{f"I{bits}": np.dtype(f"<i{bits // 8}") for bits in (8, 16, 32, 64)},
}
_KINDS = {
    **{0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 9: "Q8_1"},
    **{10: "Q2_K", 11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 15: "Q8_K"},
    **{16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S"},
    **{22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64"},
    **{29: "IQ1_M", 30: "BF16", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4"},
}
"""The format's kinds of arrays by their number, also those that are only named here."""


def read_gguf(path: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """What a `.gguf` file says of its model, and its arrays by name.

    Lists of texts, as a vocabulary, come as tuples, and lists of numbers as NumPy arrays.

    Raises:
        InputError: It is missing, damaged, one part of several, or quantised in an unknown way.
    """
    size = file_size(path)
    with path.open("rb") as stream:
        head = _Head(path, stream, size)
        num_tensors, num_entries = _read_counts(head)
        about = _read_entries(head, num_entries)
        claims = [_read_claim(head) for _ in range(num_tensors)]
    if about.get("split.count", 1) != 1:
        raise InputError(
            f"{path.name} is one part of {quoted(about['split.count'])}; a model in one file is "
            "needed, as `llama-gguf-split --merge` makes it."
        )
    alignment = _alignment(path, about)
    start = head.position + -head.position % alignment
    tensors, places = {}, []
    for claim in claims:
        if claim.name in tensors:
            raise InputError(f"{path.name} is damaged: {quoted(claim.name)} is in it twice.")
        if claim.offset % alignment:
            raise InputError(
                f"{path.name} is damaged: {quoted(claim.name)} in it stands at {claim.offset:,}, "
                f"no multiple of {alignment}."
            )
        tensors[claim.name], num_bytes = _tensor(path, claim, start)
        places.append((start + claim.offset, start + claim.offset + num_bytes, claim.name))
    require_apart(path, places, size)
    return about, tensors


@dataclass(frozen=True)
class _Claim:
    """What a file says of an array; `offset` counts from where all arrays begin."""

    name: str
    shape: tuple[int, ...]
    kind: str
    offset: int


class _Head:
    """What stands in front of the arrays, read piece by piece and never past its end."""

    def __init__(self, path: Path, stream: IO[bytes], size: int):
        self.path = path
        self.position = 0
        self._stream, self._size = stream, size
        self._texts_left = _MOST_TEXTS

    def take(self, num_bytes: int) -> bytes:
        """The next bytes."""
        if num_bytes > self._size - self.position:
            raise self.error(f"after byte {self.position:,} of {self._size:,} it should go on")
        if self.position + num_bytes > _MOST_HEAD_BYTES:
            raise self.error(f"it begins with more than {_MOST_HEAD_BYTES:,} bytes of description")
        self.position += num_bytes
        return self._stream.read(num_bytes)

    def number(self, kind: str) -> Any:
        """A number of a kind that `struct` knows."""
        return struct.unpack(f"<{kind}", self.take(struct.calcsize(kind)))[0]

    def text(self) -> str:
        """A text, after its length."""
        place = self.position
        try:
            return self.take(int.from_bytes(self.take(8), "little")).decode()
        except UnicodeDecodeError as error:
            raise self.error(f"the text at byte {place:,} is not UTF-8") from error

    def list(self) -> Any:
        """A list, after the kind of its values and their number."""
        kind, count = self.number("I"), self.number("Q")
        if kind in _NUMBERS:
            dtype = np.dtype(f"<{_NUMBERS[kind]}")
            if dtype.kind == "b":
                return np.frombuffer(self.take(count), "uint8") != 0
            return np.frombuffer(self.take(count * dtype.itemsize), dtype)
        if kind != _TEXT:
            raise self.error(f"the values of a list at byte {self.position:,} are of kind {kind}")
        self._texts_left -= count
        if self._texts_left < 0:
            raise self.error(f"its lists should have {_MOST_TEXTS - self._texts_left:,} texts")
        return tuple(self.text() for _ in range(count))

    def error(self, reason: str) -> InputError:
        """An error that says what is wrong with the file."""
        return InputError(f"{self.path.name} is cut short or damaged: {reason}.")


def _read_counts(head: _Head) -> tuple[int, int]:
    """How many arrays and entries follow."""
    magic = head.take(len(_MAGIC))
    if magic != _MAGIC:
        raise InputError(f"{head.path.name} is no GGUF file: it begins with {quoted(magic)}.")
    version = head.number("I")
    if version not in _VERSIONS:
        raise InputError(
            f"{head.path.name} is in version {version} of GGUF; what can be read is version "
            f"{' and '.join(map(str, _VERSIONS))}."
        )
    num_tensors, num_entries = head.number("Q"), head.number("Q")
    for count, most, what in (
        (num_tensors, _MOST_TENSORS, "arrays"),
        (num_entries, _MOST_ENTRIES, "entries"),
    ):
        if count > most:
            raise head.error(f"it should have {count:,} {what}, where {most:,} is the most")
    return num_tensors, num_entries


def _read_entries(head: _Head, count: int) -> dict[str, Any]:
    about: dict[str, Any] = {}
    for _ in range(count):
        name = checked_name(head.path, head.text())
        if name in about:
            raise head.error(f"it has the entry {quoted(name)} twice")
        kind = head.number("I")
        if kind in _NUMBERS:
            about[name] = head.number(_NUMBERS[kind])
        elif kind == _TEXT:
            about[name] = head.text()
        elif kind == _LIST:
            about[name] = head.list()
        else:
            raise head.error(f"its entry {quoted(name)} is of kind {kind}")
    return about


def _alignment(path: Path, about: dict[str, Any]) -> int:
    """Of how many bytes every array's place is a multiple."""
    alignment = about.get("general.alignment", _DEFAULT_ALIGNMENT)
    is_power = type(alignment) is int and alignment > 0 and alignment.bit_count() == 1
    if not is_power or alignment > _MOST_ALIGNMENT:
        raise InputError(
            f"{path.name} is damaged: its 'general.alignment' is {quoted(alignment)}, not a power "
            f"of 2 up to {_MOST_ALIGNMENT:,}."
        )
    return alignment


def _read_claim(head: _Head) -> _Claim:
    name = checked_name(head.path, head.text())
    num_axes = head.number("I")
    if num_axes > _MOST_AXES:
        raise head.error(f"{quoted(name)} should have {num_axes:,} axes")
    sizes = [head.number("Q") for _ in range(num_axes)]  # the fastest axis first
    number, offset = head.number("I"), head.number("Q")
    kind = _KINDS.get(number, f"kind {number}")
    if kind not in _PLAIN and kind not in BLOCKS:
        raise InputError(
            f"{head.path.name} has {quoted(name)} as {kind}; what can be read is "
            f"{', '.join((*_PLAIN, *BLOCKS))}."
        )
    shape = checked_shape(head.path, name, sizes[::-1])
    if kind in BLOCKS and (not shape or shape[-1] % BLOCKS[kind].numbers):
        raise head.error(f"{quoted(name)} has the shape {quoted(shape)}, no whole {kind} blocks")
    return _Claim(name, shape, kind, offset)


def _tensor(path: Path, claim: _Claim, start: int) -> tuple[Tensor, int]:
    """The array that is claimed, and how many bytes it takes."""
    count, place = prod(claim.shape), start + claim.offset
    if dtype := _PLAIN.get(claim.kind):
        return mapped_tensor(path, claim.name, claim.shape, dtype, place), count * dtype.itemsize
    block = BLOCKS[claim.kind]
    read = partial(_read_quantized, path, claim.shape, block, place)
    num_bytes = count // block.numbers * block.num_bytes
    return Tensor(claim.name, claim.shape, claim.kind, read), num_bytes


def _read_quantized(path: Path, shape: tuple[int, ...], block: Block, offset: int) -> np.ndarray:
    num_bytes = prod(shape) // block.numbers * block.num_bytes
    data = read_mapped(path, (num_bytes,), np.dtype("uint8"), offset)
    return dequantized(data, block, shape)
