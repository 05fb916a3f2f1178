"""The words that a model reads: their tokens, and the text without one of them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from tfplay.text import Piece, Tokenizer
from tfplay.text.typed import word_places


class WordRead(NamedTuple):
    """A word with its tokens."""

    text: str
    first: int
    """Position of its first token; its last is before the next word's first."""
    place: tuple[int, int]
    """The word's first character and one past its last."""


class SpecialRead(NamedTuple):
    """A special token among the words; it covers no characters."""

    text: str
    first: int
    """The token's position."""
    place: None = None


def words_read(text: str, pieces: Sequence[Piece], first: int) -> list[WordRead]:
    """The words that tokens make up, in order.

    Args:
        text: The text in its composed form (NFC).
        pieces: Tokens of its beginning, or of all of it.
        first: Position of the first of them among all that the model reads.

    Returns:
        Each piece belongs to exactly one word: to that of its last character, and space to the
        word that follows. Marks are words too; those that share a token are one.

    Example:
        >>> words_read("Not bad.", tokenizer.pieces("Not bad."), first=1)[1]
        WordRead(text='bad', first=2, place=(4, 7))
    """
    places = word_places(text)
    starts = [start for start, _ in places]

    def word_number(piece: Piece) -> int:
        number = bisect_right(starts, piece.end - 1) - 1
        number += text[piece.start : piece.end].isspace()
        return min(max(number, 0), len(places) - 1)

    words, last_number = [], -1
    for number, group in groupby(map(word_number, pieces)):
        start, end = places[last_number + 1][0], places[number][1]
        words.append(WordRead(text[start:end], first, (start, end)))
        first += len(list(group))
        last_number = number
    return words


def special_word(tokenizer: Tokenizer, token_id: int, position: int) -> SpecialRead:
    """A special token that the model reads among the words."""
    [label] = tokenizer.labels([token_id])
    return SpecialRead(label, position)


def without(text: str, place: tuple[int, int]) -> str:
    """A text without one of its words; its neighbours are kept apart.

    Example:
        >>> without("It was not bad.", (7, 10))
        'It was bad.'
    """
    before, after = text[: place[0]].rstrip(" "), text[place[1] :]
    if not before:
        after = after.lstrip(" ")
    elif before[-1].isalnum() and after[:1].isalnum():
        before += " "
    return before + after
