"""Sentence patterns with slots, filled so that one knows where each slot's words stand."""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import NamedTuple, TypeVar

from tfplay.cutting import quoted
from tfplay.errors import InputError

Words = TypeVar("Words")


class Filled(NamedTuple):
    """A filled pattern."""

    text: str
    places: dict[str, tuple[int, int]]
    """Start and end in `text`, in characters, of each slot's words where they stand first."""


def fill(pattern: str, words: Mapping[str, str]) -> Filled:
    """Puts words into a pattern's slots; the words may have slots of their own.

    Example:
        >>> fill("{hero} has {toy}.", {"hero": "Tom", "toy": "a {colour} kite", "colour": "red"})
        Filled(text='Tom has a red kite.', places={'hero': (0, 3), 'colour': (10, 13), ...})

    Raises:
        InputError: There are no words for a slot.
    """
    text = ""
    places: dict[str, tuple[int, int]] = {}
    for literal, slot in _pieces(pattern):
        text += literal
        if slot is None:
            continue
        start = len(text)
        inner = words_of(slot, words, pattern)
        if "{" in inner:
            inner, inner_places = fill(inner, words)
            for name, (inner_start, inner_end) in inner_places.items():
                places.setdefault(name, (start + inner_start, start + inner_end))
        text += inner
        places.setdefault(slot, (start, len(text)))
    return Filled(text, places)


def words_of(slot: str, words: Mapping[str, Words], pattern: str) -> Words:
    """What may stand at a slot of a pattern.

    Raises:
        InputError: The slot is none that the grammar knows.
    """
    if slot not in words:
        raise InputError(
            f"The pattern {quoted(pattern)} has the slot {{{slot}}}; it may have "
            f"{', '.join(sorted(words))}."
        )
    return words[slot]


def fill_sentence(pattern: str, words: Mapping[str, str]) -> Filled:
    """Fills a pattern and begins it with a capital letter."""
    text, places = fill(pattern, words)
    return Filled(text[0].upper() + text[1:], places)


@lru_cache(maxsize=1 << 14)
def _pieces(pattern: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, slot) for literal, slot, _, _ in Formatter().parse(pattern))
