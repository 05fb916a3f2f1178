"""Facts that users tell about themselves: how they are told, acknowledged and asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from tfplay.text.corpora.conversations import lexicon
from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn, led_by
from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("conversations/facts.toml")
_FACTS = _LISTS.table("facts")

GREETINGS = _LISTS.words("greetings")
OPENINGS = _LISTS.words("openings")
CORRECTIONS = _LISTS.words("corrections")
QUESTION_OPENINGS = _LISTS.words("question_openings")
BARE = _LISTS.words("bare")
MENTIONS = _LISTS.words("mentions")
MENTIONED = _LISTS.text("mentioned")
ANY_PET_NAME = _LISTS.words("any_pet_name")
ANY_PET_KIND = _LISTS.words("any_pet_kind")


@dataclass(frozen=True)
class Fact:
    """A kind of thing that a user may tell; `{}` stands for what it is.

    Attributes:
        key: The topic of the fact.
        said: Ways to tell it.
        taken: The reply to being told.
        asked: Ways to ask for it later.
        known: The reply if it was told.
        not_told: The reply if it was not.
        value: Draws a value.
    """

    key: str
    said: tuple[str, ...]
    taken: str
    asked: tuple[str, ...]
    known: str
    not_told: str
    value: Callable[[Source], str]


def _fact(key: str, value: Callable[[Source], str]) -> Fact:
    """A fact as facts.toml words it."""
    lists = _FACTS.table(key)
    return Fact(
        key=key,
        said=lists.weighted("said"),
        taken=lists.text("taken"),
        asked=lists.words("asked"),
        known=lists.text("known"),
        not_told=lists.text("not_told"),
        value=value,
    )


def someone_called(kind: str, is_pet: bool) -> Fact:
    """The name of a pet or a person: of "cat", of "sister"."""
    someone = _fact("someone", Source.person)
    said = someone.said + _FACTS.table("someone").words("said_of_pets") * is_pet

    def of_kind(wordings: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(wording.replace("{kind}", kind) for wording in wordings)

    known, not_told = of_kind((someone.known, someone.not_told))
    return Fact(
        kind, of_kind(said), someone.taken, of_kind(someone.asked), known, not_told, someone.value
    )


def plan(source: Source) -> str:
    """Something to do tomorrow: "bake a cake"."""
    share = source.random.random()
    if share < 0.15:
        return f"meet {source.person()}"
    if share < 0.3:
        return f"travel to {source.city()}"
    verb = source.random.choice(tuple(lexicon.PLANS))
    return f"{verb} {source.random.choice(lexicon.PLANS[verb])}"


NAME = _fact("name", Source.person)
CITY = _fact("city", Source.city)
COLOUR = _fact("colour", lambda source: source.random.choice(lexicon.COLOURS))
FOOD = _fact("food", lambda source: source.random.choice(lexicon.FOODS))
AGE = _fact("age", lambda source: str(source.random.randrange(5, 100)))
JOB = _fact("job", lambda source: source.random.choice(lexicon.JOBS))
PLAN = _fact("plan", plan)
PETS = {kind: someone_called(kind, is_pet=True) for kind in lexicon.PETS}
RELATIVES = {kind: someone_called(kind, is_pet=False) for kind in lexicon.RELATIVES}
SINGLE = (NAME, CITY, COLOUR, FOOD, AGE, JOB, PLAN)
ALL = (*SINGLE, *PETS.values(), *RELATIVES.values())


def draw(source: Source) -> Fact:
    """A kind of fact."""
    pet = source.random.choice(tuple(PETS.values()))
    relative = source.random.choice(tuple(RELATIVES.values()))
    kinds, weights = (*SINGLE, pet, relative), (28, 13, 7, 6, 6, 6, 9, 15, 10)
    return source.random.choices(kinds, weights)[0]


def tell(source: Source, fact: Fact, value: str) -> Turn:
    """The user tells a fact."""
    openings = OPENINGS + GREETINGS if fact is NAME else OPENINGS
    lead = source.random.choice(openings) if source.random.random() < 0.25 else ""
    sentence = source.worded(fact.said).format(value)
    return Turn(led_by(lead, sentence), fact.taken.format(value), "Noted", "facts")


def tell_when_asked(source: Source, fact: Fact, value: str) -> Turn:
    """The user answers the assistant, who has asked for the fact."""
    wordings = fact.said if fact is PLAN else BARE
    sentence = source.worded(wordings).format(value)
    return Turn(sentence[0].upper() + sentence[1:], fact.taken.format(value), "Noted", "facts")


def mention(source: Source, kind: str) -> Turn:
    """The user has a pet or a relative, and leaves out the name."""
    said = source.worded(MENTIONS).format(kind)
    return Turn(said, MENTIONED.format(kind), "Name", "facts")


def tell_both(source: Source, first: tuple[Fact, str], second: tuple[Fact, str]) -> Turn:
    """The user tells two facts in one message."""
    one, other = (source.worded(fact.said).format(value) for fact, value in (first, second))
    taken = " ".join(fact.taken.format(value) for fact, value in (first, second))
    lead = source.random.choice(GREETINGS) if source.random.random() < 0.2 else ""
    join = source.random.choice((" and ", " and ", ", ", ". "))
    both = f"{one[:-1]}. {other}" if join == ". " else led_by(one[:-1] + join, other)
    return Turn(led_by(lead, both), taken, "Noted", "facts")


def correct(source: Source, fact: Fact, value: str) -> Turn:
    """The user takes back what was said before."""
    sentence = source.worded(fact.said).format(value)
    known = led_by("All right, ", fact.known.format(yours(value)))
    return Turn(led_by(source.random.choice(CORRECTIONS), sentence), known, "Noted", "facts")


def ask(source: Source, fact: Fact, value: str | None) -> Turn:
    """The user asks for a fact, told or not."""
    question = _question(source, fact.asked)
    if value is None:
        return Turn(question, fact.not_told, "Unknown", "facts")
    return Turn(question, fact.known.format(yours(value)), _word(value), "facts")


def ask_about_pet(source: Source, memory: dict[str, str]) -> Turn:
    """The user asks for the pet without saying its kind; there is one at most."""
    asks_name = source.random.random() < 0.5
    question = _question(source, ANY_PET_NAME if asks_name else ANY_PET_KIND)
    kinds = pets_in(memory)
    if not kinds:
        not_told = "You have not told me about your pet. Do you have one?"
        return Turn(question, not_told, "Unknown", "facts")
    if asks_name:
        name = memory[kinds[0]]
        return Turn(question, f"Your {kinds[0]} is called {name}.", _word(name), "facts")
    return Turn(question, f"You have a {kinds[0]}.", _word(kinds[0]), "facts")


def pets_in(memory: dict[str, str]) -> list[str]:
    """The kinds of pets that the user told of."""
    return [kind for kind in PETS if kind in memory]


def yours(value: str) -> str:
    """What the user says of themselves, said to the user."""
    return value.replace("my ", "your ")


def _question(source: Source, wordings: tuple[str, ...]) -> str:
    lead = source.random.choice(QUESTION_OPENINGS) if source.random.random() < 0.15 else ""
    return led_by(lead, source.worded(wordings))


def _word(value: str) -> str:
    word = value.removeprefix("an ").removeprefix("a ").split()[0]
    return word[0].upper() + word[1:]
