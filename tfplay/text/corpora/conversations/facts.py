"""What users tell about themselves: how it is said, taken up, asked for and given back."""

from collections.abc import Callable
from dataclasses import dataclass

from tfplay.text.corpora.conversations import lexicon
from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn, led_by

GREETINGS = ("Hello, ", "Hi, ", "Hey, ", "Hello! ", "Hi! ", "Good morning! ")
OPENINGS = ("By the way, ", "Please remember: ", "You know, ", "Remember: ", "Well, ")
CORRECTIONS = (
    "Actually, ",
    "No, ",
    "Sorry, ",
    "Wait, ",
    "Oh no, ",
    "Correction: ",
    "I was wrong: ",
)
QUESTION_OPENINGS = ("So, ", "And ", "Now, ", "Please, ", "Hey, ")


@dataclass(frozen=True)
class Fact:
    """A kind of thing that a user may tell; `{}` stands for what it is.

    Attributes:
        key: What it is about.
        said: Ways to tell it.
        taken: The reply to being told.
        asked: Ways to ask for it later.
        known: The reply if it was told.
        not_told: The reply if it was not.
        value: Draws one.
    """

    key: str
    said: tuple[str, ...]
    taken: str
    asked: tuple[str, ...]
    known: str
    not_told: str
    value: Callable[[Source], str]


def someone_called(kind: str, is_pet: bool) -> Fact:
    """The name of a pet or a person: of "cat", of "sister"."""
    return Fact(
        key=kind,
        said=(
            f"My {kind} is called {{}}.",
            f"My {kind}'s name is {{}}.",
            f"The name of my {kind} is {{}}.",
            *((f"I have a {kind} called {{}}.", f"I have a {kind} named {{}}.") * is_pet),
        ),
        taken="Say hello to {} for me.",
        asked=(
            f"What is my {kind} called?",
            f"What is my {kind}'s name?",
            f"What's my {kind}'s name?",
            f"What is the name of my {kind}?",
            f"Do you remember my {kind}'s name?",
            f"Do you know the name of my {kind}?",
            f"Can you tell me my {kind}'s name?",
            f"Tell me my {kind}'s name.",
        ),
        known=f"Your {kind} is called {{}}.",
        not_told=f"You have not told me about your {kind}.",
        value=Source.person,
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


NAME = Fact(
    key="name",
    said=(
        "My name is {}.",
        "My name is {}.",
        "I am {}.",
        "I'm {}.",
        "Call me {}.",
        "You can call me {}.",
        "The name is {}.",
        "My name's {}.",
        "People call me {}.",
    ),
    taken="Nice to meet you, {}.",
    asked=(
        "What is my name?",
        "What's my name?",
        "Do you remember my name?",
        "Do you know my name?",
        "Who am I?",
        "Tell me my name.",
        "What am I called?",
        "Say my name.",
        "Can you tell me my name?",
        "Do you know who I am?",
    ),
    known="Your name is {}.",
    not_told="You have not told me your name.",
    value=Source.person,
)
CITY = Fact(
    key="city",
    said=(
        "I live in {}.",
        "My home is in {}.",
        "My city is {}.",
        "I moved to {}.",
        "I have a flat in {}.",
        "My home town is {}.",
    ),
    taken="I would love to see {}.",
    asked=(
        "Where do I live?",
        "Which city do I live in?",
        "What city do I live in?",
        "Where is my home?",
        "Do you remember where I live?",
        "Do you know my city?",
        "What is my city?",
        "Tell me where I live.",
    ),
    known="You live in {}.",
    not_told="You have not told me where you live.",
    value=Source.city,
)
COLOUR = Fact(
    key="colour",
    said=(
        "My favourite colour is {}.",
        "My favorite color is {}.",
        "I love the colour {}.",
        "I like the color {} best.",
        "The colour I like best is {}.",
    ),
    taken="I like {} too.",
    asked=(
        "What is my favourite colour?",
        "What is my favorite color?",
        "What's my favourite colour?",
        "Which colour do I like best?",
        "Which color do I like?",
        "Do you remember my favourite colour?",
        "Do you know my favorite color?",
    ),
    known="Your favourite colour is {}.",
    not_told="You have not told me your favourite colour.",
    value=lambda source: source.random.choice(lexicon.COLOURS),
)
FOOD = Fact(
    key="food",
    said=(
        "My favourite food is {}.",
        "My favorite food is {}.",
        "I love to eat {}.",
        "I like to eat {} best.",
        "The food I like best is {}.",
    ),
    taken="I hear that {} is tasty.",
    asked=(
        "What is my favourite food?",
        "What is my favorite food?",
        "What's my favourite food?",
        "What do I love to eat?",
        "Which food do I like best?",
        "Do you remember my favourite food?",
    ),
    known="Your favourite food is {}.",
    not_told="You have not told me your favourite food.",
    value=lambda source: source.random.choice(lexicon.FOODS),
)
AGE = Fact(
    key="age",
    said=("I am {} years old.", "I'm {} years old.", "My age is {}.", "I just turned {}."),
    taken="Being {} must be great.",
    asked=(
        "How old am I?",
        "What is my age?",
        "What's my age?",
        "Do you remember my age?",
        "Do you know how old I am?",
        "Tell me my age.",
    ),
    known="You are {} years old.",
    not_told="You have not told me your age.",
    value=lambda source: str(source.random.randrange(5, 100)),
)
JOB = Fact(
    key="job",
    said=("I am {}.", "I'm {}.", "I work as {}.", "I have a job as {}."),
    taken="Being {} must be fun.",
    asked=(
        "What is my job?",
        "What's my job?",
        "What do I work as?",
        "What do I do for a living?",
        "Do you remember my job?",
        "Do you know what my job is?",
    ),
    known="You are {}.",
    not_told="You have not told me your job.",
    value=lambda source: source.random.choice(lexicon.JOBS),
)
PLAN = Fact(
    key="plan",
    said=(
        "Tomorrow I will {}.",
        "Tomorrow I want to {}.",
        "I will {} tomorrow.",
        "I plan to {} tomorrow.",
        "I am going to {} tomorrow.",
        "My plan for tomorrow is to {}.",
    ),
    taken="Have fun tomorrow.",
    asked=(
        "What will I do tomorrow?",
        "What is my plan for tomorrow?",
        "What are my plans for tomorrow?",
        "What do I want to do tomorrow?",
        "What am I going to do tomorrow?",
        "Do you remember my plan for tomorrow?",
        "What did I plan for tomorrow?",
    ),
    known="Tomorrow you will {}.",
    not_told="You have not told me your plan for tomorrow.",
    value=plan,
)
PETS = {kind: someone_called(kind, is_pet=True) for kind in lexicon.PETS}
RELATIVES = {kind: someone_called(kind, is_pet=False) for kind in lexicon.RELATIVES}
SINGLE = (NAME, CITY, COLOUR, FOOD, AGE, JOB, PLAN)
ALL = (*SINGLE, *PETS.values(), *RELATIVES.values())

ANY_PET_NAME = ("What is my pet called?", "What is my pet's name?", "What is the name of my pet?")
ANY_PET_KIND = (
    "Which pet do I have?",
    "What pet do I have?",
    "What kind of pet do I have?",
    "Do I have a pet?",
    "Do you remember what pet I have?",
)


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
    sentence = source.random.choice(fact.said).format(value)
    return Turn(led_by(lead, sentence), fact.taken.format(value), "Noted", "facts")


def tell_both(source: Source, first: tuple[Fact, str], second: tuple[Fact, str]) -> Turn:
    """The user tells two facts in one sentence."""
    one, other = (source.random.choice(fact.said).format(value) for fact, value in (first, second))
    return Turn(led_by(one[:-1] + " and ", other), "I will remember both.", "Noted", "facts")


def correct(source: Source, fact: Fact, value: str) -> Turn:
    """The user takes back what was said before."""
    sentence = source.random.choice(fact.said).format(value)
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
        return Turn(question, "You have not told me about your pet.", "Unknown", "facts")
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
    return led_by(lead, source.random.choice(wordings))


def _word(value: str) -> str:
    word = value.removeprefix("an ").removeprefix("a ").split()[0]
    return word[0].upper() + word[1:]
