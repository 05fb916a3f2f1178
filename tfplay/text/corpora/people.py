"""People in stories: names that everybody knows, and names made up from syllables."""

import random
from typing import NamedTuple

from tfplay.text.corpora.lists import read_lists


class Person(NamedTuple):
    """A name and its pronouns."""

    name: str
    he: str
    him: str
    his: str


_NAMES = read_lists("people.toml")
GIRLS = _NAMES.words("girls")
BOYS = _NAMES.words("boys")
_MADE_UP = _NAMES.table("made_up")
_BEGINNINGS, _MIDDLES = _MADE_UP.words("beginnings"), _MADE_UP.weighted("middles")
_ENDS_OF_GIRLS, _ENDS_OF_BOYS = _MADE_UP.words("ends_of_girls"), _MADE_UP.words("ends_of_boys")


def girl(name: str) -> Person:
    """A girl or a woman of this name."""
    return Person(name, "she", "her", "her")


def boy(name: str) -> Person:
    """A boy or a man of this name."""
    return Person(name, "he", "him", "his")


PEOPLE = [girl(name) for name in GIRLS] + [boy(name) for name in BOYS]


def made_up_person(generator: random.Random) -> Person:
    """A person with an invented name, such as "Jorowen" or "Falibert"."""
    beginning = generator.choice(_BEGINNINGS) + generator.choice(_MIDDLES)
    if generator.random() < 0.5:
        return girl(beginning + generator.choice(_ENDS_OF_GIRLS))
    return boy(beginning + generator.choice(_ENDS_OF_BOYS))


def person_words(role: str, person: Person) -> dict[str, str]:
    """The words of a person for the slots of a pattern.

    Example:
        >>> person_words("hero", boy("Tom"))
        {'hero': 'Tom', 'hero_he': 'he', 'hero_him': 'him', 'hero_his': 'his'}
    """
    return {
        role: person.name,
        f"{role}_he": person.he,
        f"{role}_him": person.him,
        f"{role}_his": person.his,
    }
