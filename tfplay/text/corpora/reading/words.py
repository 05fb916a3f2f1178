"""What the stories for reading are about, from words.toml."""

from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("reading/words.toml")

OPENINGS = _LISTS.words("openings")
CLOSINGS = _LISTS.words("closings")

TABLES = _LISTS.table("words").lists()
"""Each list fills a slot and its "other_" twin."""

TABLES["town"] = tuple(start + end for start in TABLES["town"] for end in _LISTS.words("town_ends"))
