"""What a relation is: words that belong together, and sentences that say so."""

from typing import NamedTuple


class Relation(NamedTuple):
    """Rows of words that decide one another, and patterns in which they meet."""

    rows: list[dict[str, str]]
    patterns: tuple[str, ...]
    """A slot with a question mark, as "{animal?}", may be masked: the rest of the sentence, on
    both sides of it, decides its words."""


def read_rows(table: str) -> list[dict[str, str]]:
    """Reads rows of words below the names of their slots.

    Example:
        >>> read_rows('''
        ... animal | sound
        ... dog | barked
        ... ''')
        [{'animal': 'dog', 'sound': 'barked'}]
    """
    slots, *rows = [line.split(" | ") for line in table.strip().split("\n")]
    return [dict(zip(slots, row, strict=True)) for row in rows]
