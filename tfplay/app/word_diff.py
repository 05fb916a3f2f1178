"""What changed in a text, word by word, as HTML; the texts within are escaped."""

import re
from difflib import SequenceMatcher
from html import escape

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
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(escape("".join(new[k:m])))
            continue
        parts += [_marked("del", old[i:j]), _marked("ins", new[k:m])]
    return "".join(parts)


def _marked(tag: str, words: list[str]) -> str:
    text = escape("".join(words))
    return f"<{tag}>{text}</{tag}>" if text else ""
