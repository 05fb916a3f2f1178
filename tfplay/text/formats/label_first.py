"""Files whose lines begin with the label: TREC's "DESC:manner How ..." and "__label__good ..."."""

from collections.abc import Sequence
from itertools import islice

import regex

_LOOKED_AT = 1000
_FASTTEXT = regex.compile(r"__label__(\S+)[ \t,]+(.*)")
_TREC = regex.compile(r"([A-Z]{2,10}):([a-z]{1,15}) (.*)")

NAMES = {_FASTTEXT: ["label", "text"], _TREC: ["label", "fine label", "text"]}


def label_first_rows(name: str, text: str) -> tuple[list[str], list[tuple[str, list[str]]]] | None:
    """The rows of such a file; TREC's labels are the coarse one and the fine one.

    Args:
        name: The name of the file.
        text: Its text.

    Returns:
        The names of the columns and the rows; `None` if its first lines are not all like this.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for pattern, names in NAMES.items():
        if all(pattern.fullmatch(line) for _, line in islice(lines, _LOOKED_AT)):
            return names, [
                (f"{name}, line {number}", _cells(pattern, line)) for number, line in lines
            ]
    return None


def _cells(pattern: regex.Pattern[str], line: str) -> Sequence[str]:
    found = pattern.fullmatch(line)
    return list(found.groups()) if found else [line]
