"""What the stories are about, from words.toml."""

from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("stories/words.toml")

PHRASES = _LISTS.table("phrases").lists()
"""For each slot, the words that can fill it."""

ROWS = [table.filled_slots() for table in _LISTS.table("rows").tables().values()]
"""The words of a row belong together, such as a material and what can be made of it."""
