"""Protocol buffers, as far as SentencePiece's files need them."""

import struct
from collections.abc import Iterator

from tfplay.errors import InputError

VARINT, EIGHT_BYTES, BYTES, FOUR_BYTES = 0, 1, 2, 5
"""How a field's value is written: its wire type."""


def fields(message: bytes) -> Iterator[tuple[int, int | float | bytes]]:
    """The number and the value of each field of a message.

    A value is an integer, a float, or the bytes of a text or of another message.

    Raises:
        InputError: The message is cut short or damaged.
    """
    view, place = memoryview(message), 0
    while place < len(view):
        key, place = _varint(view, place)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, place = _varint(view, place)
            yield number, value
            continue
        size = {EIGHT_BYTES: 8, FOUR_BYTES: 4}.get(kind, 0)
        if kind == BYTES:
            size, place = _varint(view, place)
        elif not size:
            raise InputError(f"It is damaged: byte {place} begins a field of the kind {kind}.")
        if size > len(view) - place:
            raise InputError(f"It is cut short: a field at byte {place} has {size:,} bytes.")
        content = bytes(view[place : place + size])
        place += size
        if kind == BYTES:
            yield number, content
        else:
            yield number, struct.unpack("<d" if size == 8 else "<f", content)[0]


def _varint(view: memoryview, place: int) -> tuple[int, int]:
    """A number of up to 64 bits, seven in each byte, and the place behind it."""
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(view):
            raise InputError("It is cut short in the middle of a number.")
        byte = view[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return value, place
    raise InputError(f"It is damaged: the number before byte {place} has no end.")
