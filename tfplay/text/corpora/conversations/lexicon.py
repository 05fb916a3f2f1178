"""Words that conversations are made of, from words.toml."""

from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("conversations/words.toml")

PEOPLE = _LISTS.words("people")
CITIES = _LISTS.words("cities")
PETS = _LISTS.words("pets")
RELATIVES = _LISTS.words("relatives")
COLOURS = _LISTS.words("colours")
FOODS = _LISTS.words("foods")
JOBS = _LISTS.words("jobs")
UNKIND = _LISTS.words("unkind")
PLANS = _LISTS.table("plans").lists()
