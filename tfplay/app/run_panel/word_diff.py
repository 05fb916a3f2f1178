"""What changed in a text, word by word, as HTML; the texts within are escaped."""

import re
from difflib import SequenceMatcher
from html import escape
from itertools import takewhile

MOST_COMPARED = 400
"""Words, with the spaces between them."""

_WORDS = re.compile(r"\s+|\S+")


def diff_html(before: str, after: str) -> str:
    """The later text with its new words marked, and those that are gone struck out.

    Args:
        before: The earlier text.
        after: The later one.

    Example:
        >>> diff_html("I am cold", "I am tired")
        'I am <del>cold</del><ins>tired</ins>'
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts = []
    for kind, i, j, k, m in _changes(old, new):
        if kind == "equal":
            parts.append(escape("".join(new[k:m])))
            continue
        parts += [_marked("del", old[i:j]), _marked("ins", new[k:m])]
    return "".join(parts)


def _changes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`; of long texts all between their first and last change.

    The matcher may take the cube of their length.
    """
    if max(len(old), len(new)) <= MOST_COMPARED:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    first = _num_equal(old, new)
    last = min(_num_equal(old[::-1], new[::-1]), len(old) - first, len(new) - first)
    i, j, k, m = first, len(old) - last, first, len(new) - last
    return [
        ("equal", 0, i, 0, k),
        ("replace", i, j, k, m),
        ("equal", j, len(old), m, len(new)),
    ]


def _num_equal(old: list[str], new: list[str]) -> int:
    """How many words they begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _marked(tag: str, words: list[str]) -> str:
    text = escape("".join(words))
    return f"<{tag}>{text}</{tag}>" if text else ""
