"""People in stories: names that everybody knows, and names made up from syllables."""

import random
from typing import NamedTuple

from tfplay.text.corpora.slots import listed


class Person(NamedTuple):
    """A name and its pronouns."""

    name: str
    he: str
    him: str
    his: str


GIRLS = listed(
    "Alma Anna Bella Carla Clara Dora Ella Emma Eva Flora Greta Hanna Ida Jane Julia Kate Lara "
    "Lena Lily Lucy Maria Maya Mia Nina Nora Olga Paula Rosa Ruth Sara Sofia Tara Vera Zoe"
)

BOYS = listed(
    "Adam Arun Ben Carl Dan David Emil Erik Felix Finn Frank Hugo Ivan Jack Jakob John Karim Leo "
    "Martin Max Milan Noah Omar Oscar Oliver Paul Peter Ravi Robert Sam Simon Theo Tom Victor"
)

_FIRST_SYLLABLES = listed(
    "Bel Dor Fal Gar Hel Jor Kal Lum Mer Nor Pel Quin Ral Tam Vel Wil Yor Zan"
)
_MIDDLE_SYLLABLES = ["", "a", "i", "o"]
_LAST_SYLLABLES_OF_GIRLS = listed("mia na sha wen lis ria dy la beth nia")
_LAST_SYLLABLES_OF_BOYS = listed("ro vik dor bo tin mund rik gan lo bert")


def girl(name: str) -> Person:
    """A girl or a woman of this name."""
    return Person(name, "she", "her", "her")


def boy(name: str) -> Person:
    """A boy or a man of this name."""
    return Person(name, "he", "him", "his")


PEOPLE = [girl(name) for name in GIRLS] + [boy(name) for name in BOYS]


def made_up_person(generator: random.Random) -> Person:
    """Somebody whose name one can only know by reading it, as "Jorowen" or "Falibert"."""
    beginning = generator.choice(_FIRST_SYLLABLES) + generator.choice(_MIDDLE_SYLLABLES)
    if generator.random() < 0.5:
        return girl(beginning + generator.choice(_LAST_SYLLABLES_OF_GIRLS))
    return boy(beginning + generator.choice(_LAST_SYLLABLES_OF_BOYS))


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
