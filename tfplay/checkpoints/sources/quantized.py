"""The quantisations of GGUF files: blocks of small whole numbers and their scale, as float32.

A block has a few bytes of scales, in float16 or in 6 bits, and the numbers themselves, whose bits
are spread over its bytes so that a processor takes many at once. A K-quantisation has two levels:
a block's scale times those of its 8 or 16 parts.

Shapes: N blocks, each with so many bytes and so many numbers as `BLOCKS` says.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_MOST_BLOCKS_AT_ONCE = 1 << 14


@dataclass(frozen=True)
class Block:
    """What a block of a quantisation is.

    Attributes:
        numbers: How many numbers are in it.
        num_bytes: How many bytes it has.
        read: Bytes (N, num_bytes) to float32 (N, numbers).
    """

    numbers: int
    num_bytes: int
    read: Callable[[np.ndarray], np.ndarray]


def dequantized(data: np.ndarray, block: Block, shape: tuple[int, ...]) -> np.ndarray:
    """The numbers of a quantised array, some thousand blocks at a time.

    Args:
        data: Its bytes, as uint8.
        block: What each block of them is.
        shape: Of the array; its last axis has whole blocks.

    Returns:
        Float32, of that shape.
    """
    blocks = data.reshape(-1, block.num_bytes)
    numbers = np.empty((len(blocks), block.numbers), "float32")
    with np.errstate(over="ignore", invalid="ignore"):  # a damaged scale may be infinite
        for start in range(0, len(blocks), _MOST_BLOCKS_AT_ONCE):
            part = slice(start, start + _MOST_BLOCKS_AT_ONCE)
            numbers[part] = block.read(blocks[part])
    return numbers.reshape(shape)


def _q4_0(blocks: np.ndarray) -> np.ndarray:
    scale, low = _cut(blocks, 2, 16)
    return _half(scale) * (_nibbles(low, 16) - np.float32(8))


def _q4_1(blocks: np.ndarray) -> np.ndarray:
    scale, least, low = _cut(blocks, 2, 2, 16)
    return _half(scale) * _nibbles(low, 16) + _half(least)


def _q5_0(blocks: np.ndarray) -> np.ndarray:
    scale, high, low = _cut(blocks, 2, 4, 16)
    return _half(scale) * (_fifth_bits(low, high) - np.float32(16))


def _q5_1(blocks: np.ndarray) -> np.ndarray:
    scale, least, high, low = _cut(blocks, 2, 2, 4, 16)
    return _half(scale) * _fifth_bits(low, high) + _half(least)


def _q8_0(blocks: np.ndarray) -> np.ndarray:
    scale, numbers = _cut(blocks, 2, 32)
    return _half(scale) * numbers.view("int8")


def _q4_k(blocks: np.ndarray) -> np.ndarray:
    scale, least, parts, low = _cut(blocks, 2, 2, 12, 128)
    scales, offsets = _six_bits(parts)
    numbers = _nibbles(low, 32).reshape(-1, 8, 32)
    return _in_parts(_half(scale) * scales, numbers, _half(least) * offsets)


def _q5_k(blocks: np.ndarray) -> np.ndarray:
    scale, least, parts, high, low = _cut(blocks, 2, 2, 12, 32, 128)
    scales, offsets = _six_bits(parts)
    fifth = (high[:, None] >> np.arange(8, dtype="uint8")[:, None]) & 1
    numbers = _nibbles(low, 32).reshape(-1, 8, 32) | (fifth << 4)
    return _in_parts(_half(scale) * scales, numbers, _half(least) * offsets)


def _q6_k(blocks: np.ndarray) -> np.ndarray:
    low, high, scales, scale = _cut(blocks, 128, 64, 16, 2)
    pairs = high.reshape(-1, 2, 1, 32) >> np.array([0, 2, 4, 6], "uint8")[:, None]
    numbers = _nibbles(low, 64).reshape(-1, 2, 4, 32) | ((pairs & 3) << 4)
    centred = numbers.reshape(-1, 16, 16) - np.float32(32)
    return ((_half(scale) * scales.view("int8"))[..., None] * centred).reshape(-1, 256)


BLOCKS = {
    "Q4_0": Block(32, 18, _q4_0),
    "Q4_1": Block(32, 20, _q4_1),
    "Q5_0": Block(32, 22, _q5_0),
    "Q5_1": Block(32, 24, _q5_1),
    "Q8_0": Block(32, 34, _q8_0),
    "Q4_K": Block(256, 144, _q4_k),
    "Q5_K": Block(256, 176, _q5_k),
    "Q6_K": Block(256, 210, _q6_k),
}


def _cut(blocks: np.ndarray, *sizes: int) -> list[np.ndarray]:
    """The fields of each block, of so many bytes: (N, size) each, standing by themselves."""
    fields = np.split(blocks, np.cumsum(sizes)[:-1], axis=1)
    return [np.ascontiguousarray(field) for field in fields]


def _half(field: np.ndarray) -> np.ndarray:
    """A float16 for each block: (N, 1) of float32."""
    return field.view("<f2").astype("float32")


def _nibbles(low: np.ndarray, width: int) -> np.ndarray:
    """The halves of each byte: of `width` bytes first all lower ones, then all upper ones."""
    rows = low.reshape(len(low), -1, 1, width)
    return ((rows >> np.array([[0], [4]], "uint8")) & 15).reshape(len(low), -1)


def _fifth_bits(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Numbers of 5 bits: 4 are in `low`, and the upper ones in the bits of `high`, lowest first."""
    return _nibbles(low, 16) | (np.unpackbits(high, axis=1, bitorder="little") << 4)


def _six_bits(parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The scales and the offsets of a block's 8 parts, 6 bits each: (N, 8) twice.

    The first 4 stand in the lower bits of bytes 0 to 3 and 4 to 7. Of the last 4, bytes 8 to 11
    have the lower halves, and the upper 2 bits of bytes 0 to 7 the rest.
    """
    scales, offsets, halves = parts[:, :4], parts[:, 4:8], parts[:, 8:]
    return (
        np.hstack([scales & 63, (halves & 15) | ((scales >> 6) << 4)]),
        np.hstack([offsets & 63, (halves >> 4) | ((offsets >> 6) << 4)]),
    )


def _in_parts(scales: np.ndarray, numbers: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Scale times number minus offset in each of a block's parts: (N, parts, numbers) to a row."""
    result = scales[..., None] * numbers - offsets[..., None]
    return result.reshape(len(numbers), -1)
