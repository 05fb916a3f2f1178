"""Which characters of a text each token of the `tokenizers` library covers."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple


class Token(NamedTuple):
    """A token of a text, as the library tells it."""

    token_id: int
    start: int
    end: int
    word: int | None
    """Number of the word it belongs to."""


def spans_in_spelled(
    spelled: str, tokens: Sequence[Token], byte_of: Callable[[int], int | None] | None
) -> list[tuple[int, int]]:
    """Start and end of each token in what the library was given.

    Tokens that are single bytes of a character share its span.

    Args:
        spelled: What the library was given.
        tokens: The tokens in order.
        byte_of: The byte that a token id stands for, if it stands for one; None if none does.
    """
    if byte_of is None:
        return [(token.start, token.end) for token in tokens]
    spans = []
    for (start, end), sharing in groupby(tokens, key=lambda token: (token.start, token.end)):
        shared = list(sharing)
        found = [byte_of(token.token_id) for token in shared]
        own = _spans_of_bytes(spelled, start, end, found) if end - start > 1 else None
        spans += own or [(start, end)] * len(shared)
    return spans


def spans_in_text(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, each at least one character of the text.

    What the vocabulary leaves out, such as an accent that it takes from a letter, belongs to the
    token before it; spaces do not.
    """
    return _reaching(text, _in_order(text, spans))


def _spans_of_bytes(
    text: str, start: int, end: int, found: list[int | None]
) -> list[tuple[int, int]] | None:
    """The character of each byte, if the bytes are those of the characters."""
    spelled = [bytes([byte]) for byte in found if byte is not None]
    if len(spelled) < len(found) or b"".join(spelled) != text[start:end].encode():
        return None
    return [(place, place + 1) for place in range(start, end) for _ in text[place].encode()]


def _in_order(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, none empty, outside the text, or before the one before it."""
    ordered = []
    first, last, most = 0, 1, len(text)  # some normalizers of the library count too far
    for start, end in spans:
        if first < start < most:
            first = start
        if last < end <= most:
            last = end
        if last <= first:
            last = first + 1
        ordered.append((first, last))
    return ordered


def _reaching(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, each as far as the next one begins or a space stands."""
    reaching: list[tuple[int, int]] = []
    following, covered, reached = len(text), len(text) + 1, len(text)
    for start, end in reversed(spans):
        if end < covered:  # else it ends where the token behind it does
            reached = end
            while reached < following and not text[reached].isspace():
                reached += 1
        reaching.append((start, reached))
        following, covered = start, end
    return reaching[::-1]
