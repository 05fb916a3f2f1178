"""Nouns, places, adjectives and times, from words.toml."""

from typing import NamedTuple

from tfplay.text.corpora.lists import Lists, read_lists


class Word(NamedTuple):
    """A word that has no gender of its own: an adjective, a time, a number."""

    english: str
    hindi: str


class Noun(NamedTuple):
    """A noun with its gender, "m" or "f"."""

    english: str
    hindi: str
    gender: str
    respected: bool = False
    """Whether Hindi speaks of this one person in the plural."""


class Place(NamedTuple):
    """Where things are: "in" the garden with में, "at" the station with पर."""

    english: str
    hindi: str
    gender: str
    preposition: str
    postposition: str
    respected: bool = False


_LISTS = read_lists("english_hindi/words.toml")


def words(key: str) -> tuple[Word, ...]:
    """A table of words without gender."""
    table = _LISTS.table("words").table(key)
    return tuple(Word(*pair) for pair in table.texts().items())


def nouns(key: str, respected: bool = False) -> tuple[Noun, ...]:
    """A table of nouns, the masculine ones first."""
    return tuple(Noun(*noun, respected) for noun in _by_gender(_LISTS.table("nouns").table(key)))


def places(key: str) -> tuple[Place, ...]:
    """A table of places that share their preposition and postposition."""
    table = _LISTS.table("places").table(key)
    shared = table.text("preposition"), table.text("postposition")
    return tuple(Place(*noun, *shared) for noun in _by_gender(table))


def _by_gender(table: Lists) -> list[tuple[str, str, str]]:
    """English, Hindi and gender of each noun."""
    return [
        (english, hindi, gender)
        for gender, key in (("m", "masculine"), ("f", "feminine"))
        if key in table
        for english, hindi in table.table(key).texts().items()
    ]


# People and animals --------------------------------------------------------------------------

NAMES = nouns("names")
RELATIVES = nouns("relatives")
ELDERS = nouns("elders", respected=True)
PEOPLE = nouns("people")
# What somebody is: the first table names men, the second women.
MENS_PROFESSIONS = nouns("mens_professions")
WOMENS_PROFESSIONS = nouns("womens_professions")
ANIMALS = nouns("animals")

# Food ----------------------------------------------------------------------------------------

FRUIT = nouns("fruit")
VEGETABLES = nouns("vegetables")
SNACKS = nouns("snacks")
FOOD = nouns("food")
DRINKS = nouns("drinks")

# Things --------------------------------------------------------------------------------------

TEXTS = nouns("texts")
CLOTHES = nouns("clothes")
JEWELLERY = nouns("jewellery")
DISHES = nouns("dishes")
TOYS = nouns("toys")
VEHICLES = nouns("vehicles")
BELONGINGS = nouns("belongings")
FURNITURE = nouns("furniture")
PARTS_OF_HOUSES = nouns("parts_of_houses")
SHOWS = nouns("shows")
SONGS = nouns("songs")
LANGUAGES = nouns("languages")
GAMES = nouns("games")

EDIBLE = FRUIT + VEGETABLES + SNACKS
CARRIED_TEXTS = tuple(text for text in TEXTS if text.english in ("letter", "newspaper", "book"))
SMALL_THINGS = CLOTHES + JEWELLERY + DISHES + TOYS + BELONGINGS + CARRIED_TEXTS
POSSESSIONS = SMALL_THINGS + FURNITURE + VEHICLES
CARRIED = SMALL_THINGS + FRUIT
BOUGHT = EDIBLE + FOOD + POSSESSIONS
MASSES = frozenset(noun.english for noun in FOOD + DRINKS)
"""What English does not count: no article "a", no plural."""
PROPER = frozenset(noun.english for noun in LANGUAGES + GAMES)
"""What has no article at all."""

_THINGS = {
    noun.english: noun
    for noun in POSSESSIONS + TEXTS + EDIBLE + FOOD + DRINKS + PARTS_OF_HOUSES + SONGS + ANIMALS
}


def some(names: str) -> tuple[Noun, ...]:
    """The nouns with these English names, out of all the things above.

    Raises:
        InputError: There is no such thing.
    """
    for name in names.split(", "):
        if name not in _THINGS:
            _LISTS.reject(
                "nouns", f"have no thing called {name!r}, which a verb or a pattern needs"
            )
    return tuple(_THINGS[name] for name in names.split(", "))


# Places --------------------------------------------------------------------------------------

HOUSE = places("house")
ROOMS = places("rooms")
OUTDOORS = places("outdoors")
# Hindi goes to them without a postposition: बाज़ार जाना.
BUILDINGS = places("buildings") + places("stops")
TOWNS = places("towns")
DESTINATIONS = BUILDINGS + TOWNS
SIGHTS = nouns("sights")
SURFACES = places("surfaces")
CONTAINERS = places("containers")
CITIES = words("cities")
WHEREABOUTS = words("whereabouts")

# Adjectives ----------------------------------------------------------------------------------

COLOURS = words("colours")
THING_ADJECTIVES = words("thing_adjectives")
FOOD_ADJECTIVES = words("food_adjectives")
PLACE_ADJECTIVES = words("place_adjectives")
ANIMAL_COLOURS = words("animal_colours")
ANIMAL_ADJECTIVES = words("animal_adjectives")
TRAITS = words("traits")
MOODS = words("moods")
STATES = MOODS + words("other_states")

# Times and numbers ---------------------------------------------------------------------------

DAYS = words("days")
MONTHS = words("months")
PAST_TIMES = words("past_times")
FUTURE_TIMES = words("future_times")
HABIT_TIMES = words("habit_times")
PRESENT_TIMES = words("present_times")
FREQUENCIES = words("frequencies")
NUMBERS = words("numbers")
LARGE_NUMBERS = words("large_numbers")
DURATIONS = words("durations")
TRANSPORT = words("transport")
FEELINGS = words("feelings")
AILMENTS = words("ailments")

# Phrases --------------------------------------------------------------------------------------

GREETINGS = words("greetings")
POLITE_ADDRESS = words("polite_address")
FAMILIAR_ADDRESS = words("familiar_address")
FAMILIAR_ADDRESS_OF_SEVERAL = words("familiar_address_of_several")
INTIMATE_ADDRESS = words("intimate_address")
