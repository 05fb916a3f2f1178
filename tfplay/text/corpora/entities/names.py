"""Draws names of persons, places, organisations and dates: real, invented or made of syllables."""

import random

from tfplay.text.corpora.draws import SLOT
from tfplay.text.corpora.entities import lexicon

# How often a name is made of syllables, and how often it could name a person or a place.
_MADE_UP = 0.4
_AMBIGUOUS = 0.15

_ORGANISATION_FORMS = {
    "COMPANY": lexicon.COMPANY_FORMS,
    "SCHOOL": lexicon.SCHOOL_FORMS,
    "CLUB": lexicon.CLUB_FORMS,
    "OFFICE": lexicon.OFFICE_FORMS,
}


def draw_name(slot: str, generator: random.Random) -> tuple[str, str]:
    """A name for a pattern's slot.

    Returns:
        The name, its words divided by spaces, and the type of its tag: PER, LOC, ORG or DATE.

    Raises:
        KeyError: The slot is not one of a name.
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
            return _organisation(_ORGANISATION_FORMS[slot], generator), "ORG"


def _person(generator: random.Random) -> str:
    kind = generator.random()
    if kind < 0.3:
        return _first_name(generator)
    if kind < 0.4:
        return _last_name(generator)
    particle = generator.choice(lexicon.PARTICLES) + " " if kind < 0.45 else ""
    return f"{_first_name(generator)} {particle}{_last_name(generator)}"


def _first_name(generator: random.Random) -> str:
    return _name(lexicon.FIRST_NAMES, lexicon.NEUTRAL_ENDS, generator)


def _last_name(generator: random.Random) -> str:
    return _name(lexicon.LAST_NAMES, lexicon.NEUTRAL_ENDS + lexicon.LAST_NAME_ENDS, generator)


def _place(slot: str, generator: random.Random) -> str:
    real = {
        "CITY": lexicon.CITIES,
        "COUNTRY": lexicon.COUNTRIES,
        "LOC": lexicon.CITIES + lexicon.COUNTRIES + lexicon.REGIONS,
    }[slot]
    place = _name(real, lexicon.NEUTRAL_ENDS + lexicon.PLACE_ENDS, generator)
    is_plain = " " not in place and place not in real
    if is_plain and generator.random() < 0.2:
        return f"{generator.choice(lexicon.PLACE_BEGINNINGS)} {place}"
    return place


def _name(real: tuple[str, ...], ends: tuple[str, ...], generator: random.Random) -> str:
    kind = generator.random()
    if kind < _MADE_UP:
        return _made_up(ends, generator)
    if kind < _MADE_UP + _AMBIGUOUS:
        return generator.choice(lexicon.AMBIGUOUS_NAMES)
    return generator.choice(real)


def _made_up(ends: tuple[str, ...], generator: random.Random) -> str:
    parts = (lexicon.BEGINNINGS, lexicon.MIDDLES, ends)
    return "".join(generator.choice(part) for part in parts)


def _organisation(forms: tuple[str, ...], generator: random.Random) -> str:
    fillings = {
        "name": lambda: _made_up(lexicon.NEUTRAL_ENDS, generator),
        "last": lambda: _last_name(generator),
        "town": lambda: _place("CITY", generator),
        "industry": lambda: generator.choice(lexicon.INDUSTRIES),
        "field": lambda: generator.choice(lexicon.FIELDS),
        "brand": lambda: generator.choice(lexicon.BRANDS),
        "acronym": lambda: "".join(generator.sample(lexicon.CONSONANTS_OF_ACRONYMS, 3)),
    }
    return SLOT.sub(lambda match: fillings[match[1]](), generator.choice(forms))


def _date(slot: str, generator: random.Random) -> str:
    month = generator.choice(lexicon.MONTHS)
    year = generator.randrange(1890, 2030)
    day = generator.randrange(1, 29)
    if slot == "DAY":
        weekday = generator.choice(lexicon.WEEKDAYS)
        return generator.choice((weekday, f"{day} {month}", f"{day} {month} {year}"))
    return generator.choice((month, f"{month} {year}", str(year)))
