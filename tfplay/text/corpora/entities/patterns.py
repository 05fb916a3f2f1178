"""Sentences around names, and the ordinary words in them, from patterns.toml."""

from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("entities/patterns.toml")
_PATTERNS = _LISTS.table("patterns").words

WORDS = _LISTS.table("words").lists()
"""For each slot of ordinary words, what can fill it."""

# One in ten sentences has no name.
PATTERN_GROUPS = (
    _PATTERNS("persons"),
    _PATTERNS("places"),
    *2 * (_PATTERNS("persons_and_places"),),
    _PATTERNS("namesakes"),
    *4 * (_PATTERNS("organisations"),),
    _PATTERNS("nothing"),
)
