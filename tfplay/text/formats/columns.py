"""What the columns of a table hold, and which row only names them."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import regex

from tfplay.text.formats.column_names import known_names

LOOKED_AT = 2000
"""Rows that are looked at; of more, some are taken from everywhere."""

MOST_WORDS = 3
"""The most words of a name that is searched for known words; sentences have such words too."""
FEW = 10
"""With fewer cells, repetition does not distinguish labels from texts."""

_NUMBER = regex.compile(r"[+-]?[\d.,\u00a0\u202f ]*\d[\d.,]*([eE][+-]?\d+)?\s?[%°]?")
_DATE = regex.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ,]+\d{1,2}:\d{2}.*)?|\d{1,2}:\d{2}(:\d{2})?"
    r"|(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} \d{1,2} .*\d{4}"
)
_ADDRESS = regex.compile(r"(https?://|www\.)\S+|\S+@\S+\.\w+")
_CODE = regex.compile(r"(?=\S*\d)[\w\-#/:.]+|[0-9a-fA-F]{8,}")
_COORDINATES = regex.compile(r"[(\[]?\s*-?\d+\.\d+\s*[,; ]\s*-?\d+\.\d+\s*[)\]]?")
_NAME = regex.compile(r"[\p{L}\p{M}_#][\p{L}\p{M}\p{N}_ .\-/()#:@\u200c\u200d]{0,40}")
PAIRS_HEADER = ["source", "target"]
OWN_HEADERS = (PAIRS_HEADER, ["text", "label"])
"""Of the files written here; those with tabs are pairs."""
_NOTHING = {"", "na", "n/a", "nan", "none", "null", "-", "--", "?"}
_SENTENCE_END = (".", "?", "!", "…", "।", "॥", "。", "？", "！", "؟", "۔", '."', '!"', '?"')


class Kind(Enum):
    """What the cells of a column are."""

    EMPTY = "nothing"
    NUMBERS = "numbers"
    DATES = "dates or times"
    ADDRESSES = "addresses of pages or mails"
    CODES = "ids"
    COORDINATES = "coordinates"
    WORDS = "words"


_PATTERNS = {
    Kind.COORDINATES: _COORDINATES,
    Kind.DATES: _DATE,
    Kind.NUMBERS: _NUMBER,
    Kind.ADDRESSES: _ADDRESS,
    Kind.CODES: _CODE,
}


class Profile(NamedTuple):
    """What one column holds, judging by some of its cells."""

    kind: Kind
    """The kind of nearly all cells."""
    num_filled: int
    """The number of cells that are not empty."""
    num_distinct: int
    """The number of different values in them."""
    words: float
    """Mean number of words in a cell."""
    letters: float
    """Mean number of characters in a cell."""
    sentences: float
    """Share of the cells that end as a sentence does."""
    values: frozenset[str]
    """The different cells."""

    @property
    def is_text(self) -> bool:
        """Whether the column holds words."""
        return self.kind is Kind.WORDS

    @property
    def is_repeated(self) -> bool:
        """Whether a few values are repeated, as labels are."""
        return self.num_filled >= 3 and 2 * self.num_distinct <= self.num_filled


def spread(rows: Sequence) -> Sequence:
    """Some of the rows, spread evenly over all of them."""
    return rows[:: max(1, -(-len(rows) // LOOKED_AT))]


def profile(cells: Sequence[str]) -> Profile:
    """What these cells of one column are."""
    filled = [stripped for cell in cells if (stripped := cell.strip())]
    values = frozenset(filled)
    count = max(len(filled), 1)
    return Profile(
        _kind([cell for cell in filled if cell.casefold() not in _NOTHING]),
        len(filled),
        len(values),
        sum(len(cell.split()) for cell in filled) / count,
        sum(map(len, filled)) / count,
        sum(cell.endswith(_SENTENCE_END) for cell in filled) / count,
        values,
    )


def profiles(rows: Sequence[Sequence[str]], width: int) -> list[Profile]:
    """What each column holds; rows may be shorter than the table is wide."""
    rows = spread(rows)
    return [
        profile([row[place] if place < len(row) else "" for row in rows]) for place in range(width)
    ]


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows names the columns.

    It does if two of its cells are names for different things ("text" and "label", "en" and "de");
    or if it only numbers them; or if no cell looks like data and it differs from what stands below:
    a word over numbers, a value over labels that is none of them, one short word over sentences.
    Two columns may have one name.
    """
    first = [cell.strip() for cell in rows[0]]
    named = [cell for cell in first if cell]
    below = profiles(rows[1 : LOOKED_AT + 1], len(first))
    short = [cell for cell in named if _may_be_name(cell) and len(cell.split()) <= MOST_WORDS]
    known = [names for cell in short if (names := known_names(cell))]
    if len(set(map(frozenset, known))) > 1:
        is_data = len(rows) < 2 and not all(map(_may_be_name, named))
        return first in OWN_HEADERS or not (is_data or _stands_below(first, below))
    if counts_columns(first):
        return any(column.kind is Kind.WORDS for column in below)
    if not named or len(rows) < 2 or not all(_may_be_name(cell.rstrip("?")) for cell in named):
        return False
    signs = [_differs(cell, column) for cell, column in zip(first, below, strict=True) if cell]
    if _SAME in signs:
        return False
    if _STRONGLY in signs:
        return True
    if not all(map(_may_be_name, named)):  # a question may be a name in a poll, beside such a sign
        return False
    others = [len(cell) > 3 and bool(known_names(cell)) for cell in named]  # "hi" is a greeting
    if len(first) == 1:
        return any(others)
    evidence = [sign != _NOT or is_known for sign, is_known in zip(signs, others, strict=True)]
    is_certain = any(others) or _RATHER in signs
    return is_certain and all(evidence) and len(named) > 1 and {*signs} != {_NOT}


def counts_columns(first: Sequence[str]) -> bool:
    """Whether these cells are 0, 1, 2, ..., as pandas calls columns without names.

    Example:
        >>> counts_columns(["", "0", "1"])
        True
    """
    counted = first[1:] if first and not first[0].strip() else first
    return len(counted) > 1 and list(counted) == [str(place) for place in range(len(counted))]


_STRONGLY, _RATHER, _WEAKLY, _NOT, _SAME = range(5)


def _differs(cell: str, column: Profile) -> int:
    """How clearly a cell is a name rather than another value of the column below it."""
    if cell.casefold() in _NOTHING:
        return _NOT
    if column.kind is Kind.EMPTY:
        return _WEAKLY
    if column.kind is not Kind.WORDS:
        return _SAME if _PATTERNS[column.kind].fullmatch(cell) else _STRONGLY
    if column.is_repeated:
        return _SAME if cell in column.values else _RATHER
    if column.words >= 3 and len(cell.split()) <= 2 and 3 * len(cell) < column.letters:
        return _WEAKLY
    return _NOT


def _may_be_name(cell: str) -> bool:
    is_data = any(
        pattern.fullmatch(cell) for kind, pattern in _PATTERNS.items() if kind is not Kind.CODES
    )
    return bool(_NAME.fullmatch(cell)) and not is_data and not cell.endswith(_SENTENCE_END)


def _stands_below(first: Sequence[str], below: Sequence[Profile]) -> bool:
    """Whether one of these cells is also a label further down: then they are data."""
    return any(
        cell in column.values and (column.is_repeated or column.num_filled < FEW)
        for cell, column in zip(first, below, strict=True)
    )


def _kind(filled: Sequence[str]) -> Kind:
    if not filled:
        return Kind.EMPTY
    for kind, pattern in _PATTERNS.items():
        num_other = 0
        for cell in filled:
            if len(cell) > 100 or not pattern.fullmatch(cell):
                num_other += 1
                if 10 * num_other > len(filled):
                    break
        else:
            return kind
    return Kind.WORDS
