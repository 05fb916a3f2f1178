"""What the assistant was not taught: questions, requests and remarks, answered kindly."""

from collections.abc import Callable
from string import ascii_lowercase
from typing import NamedTuple

from tfplay.text.corpora.conversations.held_out import is_held_out
from tfplay.text.corpora.conversations.lexicon import CITIES, PLANS
from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import Lists, read_lists


class Kind(NamedTuple):
    """One kind of what is unknown."""

    said: tuple[str, ...]
    """Ways to say it; `{}` stands for what it is about."""
    about: str
    """What it may be about, a key of `SUBJECTS`; empty if it has no slot."""
    reply: str
    """What the assistant answers: that it does not know, and what the user may try."""


def _kind(lists: Lists) -> Kind:
    about = lists.text("about") if "about" in lists else ""
    return Kind(lists.weighted("said"), about, lists.text("reply"))


_LISTS = read_lists("conversations/unknown.toml")

KINDS = tuple(_kind(lists) for lists in _LISTS.table("kinds").tables().values())


def _one_of(subjects: tuple[str, ...]) -> Callable[[Source], str]:
    return lambda source: source.random.choice(subjects)


def _letters(source: Source) -> str:
    """Letters without sense: "sdfkj"."""
    length = source.random.randrange(3, 9)
    return "".join(source.random.choices(ascii_lowercase, k=length))


SUBJECTS: dict[str, Callable[[Source], str]] = {
    "countries": _one_of(_LISTS.words("countries")),
    "cities": _one_of(CITIES),
    "names": Source.person,
    "nouns": _one_of(_LISTS.words("nouns")),
    "topics": _one_of(_LISTS.words("topics") + _LISTS.words("nouns")),
    "deeds": _one_of(tuple(f"{verb} {what}" for verb, all_ in PLANS.items() for what in all_)),
    "letters": _letters,
}


def draw(source: Source) -> Turn:
    """Something that nobody taught this assistant; one subject in ten is never in training."""
    return _turn(source, source.random.choice(KINDS))


def draw_held_out(source: Source) -> Turn:
    """As `draw`, about a subject that training never has."""
    return _turn(source, source.random.choice([kind for kind in KINDS if kind.about]))


def _turn(source: Source, kind: Kind) -> Turn:
    said = source.worded(kind.said)
    if kind.about:
        said = said.replace("{}", _subject(source, kind.about))
    return Turn(said[0].upper() + said[1:], kind.reply, "Unknown", "unknown")


def _subject(source: Source, about: str) -> str:
    while True:
        subject = SUBJECTS[about](source)
        if is_held_out(f"{about} {subject}") == source.held_out:
            return subject
