"""How words become clauses, and clauses become reviews, from patterns.toml."""

from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("sentiment/patterns.toml")

FRAMES_PLAIN = _LISTS.table("frames").weighted("plain")
FRAMES_CONTRAST = _LISTS.table("frames").words("contrast")
FRAMES_FLIP = _LISTS.table("frames").words("flip")
JUDGEMENTS_KEEP = _LISTS.table("judgements").weighted("keep")
JUDGEMENTS_FLIP = _LISTS.table("judgements").words("flip")
FEELINGS_KEEP = _LISTS.table("feelings").weighted("keep")
FEELINGS_FLIP = _LISTS.table("feelings").words("flip")
