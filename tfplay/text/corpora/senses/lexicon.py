"""Words of two senses, each sense with beginnings and ends of sentences that fit one another.

Most beginnings fit both senses of a word, so that only what follows decides.
"""

from typing import NamedTuple

from tfplay.text.corpora.lists import read_lists
from tfplay.text.corpora.people import PEOPLE


class Sense(NamedTuple):
    """One sense of a word: every beginning goes with every end."""

    word: str
    label: str
    """The label, such as "bank (river)"."""
    beginnings: tuple[str, ...]
    """Somebody does something; the word stands in it."""
    ends: tuple[str, ...]


_LISTS = read_lists("senses/senses.toml")

SOMEBODY = (*(person.name for person in PEOPLE), *_LISTS.words("somebody"))
TIMES = _LISTS.weighted("times")
WORD_SENSES = [
    Sense(label.split()[0], label, sense.words("beginnings"), sense.words("ends"))
    for label, sense in _LISTS.table("senses").tables().items()
]
