"""Words that are unknown to a vocabulary or spelled out in pieces."""

from bisect import bisect_right
from typing import NamedTuple

from tfplay.text.tokenizers import Tokenizer
from tfplay.text.words import WORD_PATTERNS, normalize

FEW_LETTERS = 2
"""A word in pieces that have fewer letters than this on average is spelled out."""


class UnfamiliarWord(NamedTuple):
    """A word that a tokenizer does not know as a word."""

    start: int
    """First character, in the NFC-normalised text."""
    end: int
    """One past the last character."""
    num_pieces: int
    """Tokens that it falls into."""
    is_unknown: bool
    """Whether one of them is the unknown token: the model cannot know what stood there."""


def unfamiliar_words(tokenizer: Tokenizer, text: str) -> list[UnfamiliarWord]:
    """The words that have the unknown token in them, or are spelled out in three pieces or more.

    Spelled out is a word whose pieces have fewer than two letters on average; numbers do not count,
    and none is where every character is a token.

    Example:
        >>> unfamiliar_words(tokenizer, "I saw a zebra.")
        [UnfamiliarWord(start=8, end=13, num_pieces=5, is_unknown=False)]
    """
    text = normalize(text)
    pieces = tokenizer.pieces(text)
    ends = [piece.end for piece in pieces]
    found = []
    for match in WORD_PATTERNS["word"].finditer(text):
        start, end = match.span()
        inside = pieces[bisect_right(ends, start) : bisect_right(ends, end)]
        is_unknown = any(piece.token_id == tokenizer.unknown_id for piece in inside)
        is_spelled_out = len(inside) >= 3 and end - start < FEW_LETTERS * len(inside)
        is_meant_to_be = tokenizer.kind == "character" or match.group().isdecimal()
        if is_unknown or (is_spelled_out and not is_meant_to_be):
            found.append(UnfamiliarWord(start, end, len(inside), is_unknown))
    return found
