"""Texts and values cut for people to see: never within a letter, and never long."""

import reprlib
from typing import Any

import regex

LONGEST_QUOTE = 80

_LETTER = regex.compile(r"\X")


def cut_text(text: str, longest: int) -> str:
    """The text, cut with an ellipsis if it is long.

    It is cut between letters as people see them (Unicode's grapheme clusters, UAX #29): a vowel
    sign stays with its consonant and an accent with its letter.

    Args:
        text: Of any length; only its first characters are looked at.
        longest: The most characters (code points), the ellipsis included; at least 1.

    Example:
        >>> cut_text("unbelievable", 8)
        'unbelie…'
    """
    return text if len(text) <= longest else whole_letters(text, longest - 1).rstrip() + "…"


def whole_letters(text: str, longest: int) -> str:
    """The beginning of a text, cut between letters as `cut_text` does, without an ellipsis."""
    if len(text) <= longest:
        return text
    ends = (letter.end() for letter in _LETTER.finditer(text[: longest + 1]))
    return text[: max((end for end in ends if end <= longest), default=0)]


def quoted(value: Any) -> str:
    """A value as Python writes it, cut to what fits in a sentence about it.

    Args:
        value: Of a visitor: of any size and as deeply nested as can be.

    Example:
        >>> quoted({"role": "x" * 1000})
        "{'role': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    """
    return cut_text(_BRIEF.repr(value), LONGEST_QUOTE)


class _Brief(reprlib.Repr):
    """Of a list a few, of a nest the outside, and of a text the beginning."""

    def repr_str(self, text: str, level: int) -> str:
        return repr(cut_text(text, LONGEST_QUOTE - len("''")))


_BRIEF = _Brief()
