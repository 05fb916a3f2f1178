"""A text as it was typed and its composed form, with the places of letters in both."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

import regex

from tfplay.text.words import normalize

_LETTERS = regex.compile(r"\X")
# Unicode's own word boundaries (UAX #29): vowel signs and joiners stay in their word, and where
# words have no spaces between them, as in Thai and Chinese, each letter is one.
_WORD_BOUNDARY = regex.compile(r"(?wV1)\b")
_POSSESSIVE = ("'s", "’s", "'S", "’S")

Place = tuple[int, int]
"""The first character of a part of a text, and one past its last."""


class TypedText:
    """A text as it was typed; models read it composed (NFC), which may have fewer characters.

    A letter that is spelled otherwise in the two (an accent beside its letter in one, in it in the
    other) is never cut.

    Args:
        typed: The text.

    Attributes:
        typed: The text, with U+FFFD for each half of a surrogate pair, which is no character.
        composed: What models read.

    Example:
        >>> text = TypedText("Cafe\u0301 Rom")
        >>> text.composed[5:8], text.place_typed((5, 8))
        ('Rom', (6, 9))
    """

    def __init__(self, typed: str) -> None:
        self.typed = regex.sub(r"\p{Cs}", "\ufffd", typed)  # half a pair can be written nowhere
        spellings: list[tuple[str, str]] = []
        for letter in _LETTERS.findall(self.typed):  # each composes by itself
            composed = normalize(letter)
            is_same = composed == letter
            spellings += zip(letter, composed, strict=True) if is_same else [(letter, composed)]
        self.composed = "".join(composed for _, composed in spellings)
        self._typed_ends = list(accumulate(len(typed) for typed, _ in spellings))
        self._composed_ends = list(accumulate(len(composed) for _, composed in spellings))

    def place_typed(self, place: Place) -> Place:
        """Where a part of the composed text stands in the typed one."""
        return _moved(place, self._composed_ends, self._typed_ends)

    def place_composed(self, place: Place) -> Place:
        """Where a part of the typed text stands in the composed one."""
        return _moved(place, self._typed_ends, self._composed_ends)


def _moved(place: Place, ends: Sequence[int], new_ends: Sequence[int]) -> Place:
    """A place among letters that end here, as one among the same letters that end elsewhere."""
    start, end = place
    first = bisect_right(ends, start)
    if start >= end:
        start = new_ends[first - 1] if first else 0
        return start, start
    return (new_ends[first - 1] if first else 0), new_ends[bisect_left(ends, end)]


def word_places(text: str) -> list[Place]:
    """The places of words and marks in a text: Unicode's words, with a final "'s" separate.

    Example:
        >>> word_places("Tom's cat.")
        [(0, 3), (3, 5), (6, 9), (9, 10)]
    """
    places = []
    boundaries = {match.start() for match in _WORD_BOUNDARY.finditer(text)}
    letters = {match.end() for match in _LETTERS.finditer(text)}  # a lone vowel sign may join two
    for start, end in pairwise([0, *sorted((boundaries | {len(text)}) & letters)]):
        part = text[start:end]
        if part.isspace():
            continue
        if part.endswith(_POSSESSIVE) and end - start > 2:
            places.append((start, end - 2))
            start = end - 2
        places.append((start, end))
    return places
