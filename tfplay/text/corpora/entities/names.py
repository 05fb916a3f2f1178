"""Draws names of persons, places, organisations and dates: real, invented or made of syllables."""

import random

from tfplay.text.corpora.draws import SLOT
from tfplay.text.corpora.lists import read_lists
from tfplay.text.corpora.slots import words_of

# How often a name is made of syllables, and how often it could name a person or a place.
_MADE_UP = 0.4
_AMBIGUOUS = 0.15

_CONSONANTS = "DLMNRTVZ"

_LISTS = read_lists("entities/names.toml")

NAMES = {
    key: _LISTS.words(key)
    for key in (
        *("first_names", "last_names", "particles", "titles", "ambiguous_names"),
        *("cities", "countries", "regions", "place_beginnings"),
        *("club_forms", "office_forms", "industries", "fields", "brands"),
        *("beginnings", "neutral_ends", "last_name_ends", "place_ends"),
        *("months", "weekdays"),
    )
} | {key: _LISTS.weighted(key) for key in ("middles", "company_forms", "school_forms")}
"""The lists of names.toml."""

_ORGANISATION_FORMS = {
    "COMPANY": NAMES["company_forms"],
    "SCHOOL": NAMES["school_forms"],
    "CLUB": NAMES["club_forms"],
    "OFFICE": NAMES["office_forms"],
}


KNOWN_WORDS = frozenset(
    word
    for key in (
        *("first_names", "last_names", "particles", "cities", "countries", "regions"),
        *("ambiguous_names", "place_beginnings", "industries", "fields", "brands"),
        *("company_forms", "school_forms", "club_forms", "office_forms"),
    )
    for name in NAMES[key]
    for word in name.split()
)
"""Every word of a name, other than a date, that is not made of syllables or letters."""


def draw_name(slot: str, generator: random.Random) -> tuple[str, str]:
    """A name for a pattern's slot.

    Returns:
        The name, its words divided by spaces, and the type of its tag: PER, LOC, ORG or DATE.

    Raises:
        InputError: The slot is not one of a name.
    """
    match slot:
        case "FIRST":
            return _first_name(generator), "PER"
        case "LAST":
            return _last_name(generator), "PER"
        case "PER":
            return _person(generator), "PER"
        case "LOC" | "CITY" | "COUNTRY":
            return _place(slot, generator), "LOC"
        case "DAY" | "PERIOD":
            return _date(slot, generator), "DATE"
        case _:
            forms = words_of(slot, _ORGANISATION_FORMS, f"{{{slot}}}")
            return _organisation(forms, generator), "ORG"


def _person(generator: random.Random) -> str:
    kind = generator.random()
    if kind < 0.3:
        return _first_name(generator)
    if kind < 0.4:
        return _last_name(generator)
    particle = generator.choice(NAMES["particles"]) + " " if kind < 0.45 else ""
    return f"{_first_name(generator)} {particle}{_last_name(generator)}"


def _first_name(generator: random.Random) -> str:
    return _name(NAMES["first_names"], NAMES["neutral_ends"], generator)


def _last_name(generator: random.Random) -> str:
    return _name(NAMES["last_names"], NAMES["neutral_ends"] + NAMES["last_name_ends"], generator)


def _place(slot: str, generator: random.Random) -> str:
    real = {
        "CITY": NAMES["cities"],
        "COUNTRY": NAMES["countries"],
        "LOC": NAMES["cities"] + NAMES["countries"] + NAMES["regions"],
    }[slot]
    place = _name(real, NAMES["neutral_ends"] + NAMES["place_ends"], generator)
    is_plain = " " not in place and place not in real
    if is_plain and generator.random() < 0.2:
        return f"{generator.choice(NAMES['place_beginnings'])} {place}"
    return place


def _name(real: tuple[str, ...], ends: tuple[str, ...], generator: random.Random) -> str:
    kind = generator.random()
    if kind < _MADE_UP:
        return _made_up(ends, generator)
    if kind < _MADE_UP + _AMBIGUOUS:
        return generator.choice(NAMES["ambiguous_names"])
    return generator.choice(real)


def _made_up(ends: tuple[str, ...], generator: random.Random) -> str:
    parts = (NAMES["beginnings"], NAMES["middles"], ends)
    return "".join(generator.choice(part) for part in parts)


def _organisation(forms: tuple[str, ...], generator: random.Random) -> str:
    fillings = {
        "name": lambda: _made_up(NAMES["neutral_ends"], generator),
        "last": lambda: _last_name(generator),
        "town": lambda: _place("CITY", generator),
        "industry": lambda: generator.choice(NAMES["industries"]),
        "field": lambda: generator.choice(NAMES["fields"]),
        "brand": lambda: generator.choice(NAMES["brands"]),
        "acronym": lambda: "".join(generator.sample(_CONSONANTS, 3)),
    }
    return SLOT.sub(lambda match: fillings[match[1]](), generator.choice(forms))


def _date(slot: str, generator: random.Random) -> str:
    month = generator.choice(NAMES["months"])
    year = generator.randrange(1890, 2030)
    day = generator.randrange(1, 29)
    if slot == "DAY":
        weekday = generator.choice(NAMES["weekdays"])
        return generator.choice((weekday, f"{day} {month}", f"{day} {month} {year}"))
    return generator.choice((month, f"{month} {year}", str(year)))
