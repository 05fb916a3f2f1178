"""What the words of transformers mean, each in a sentence and in a single word."""

from typing import NamedTuple

from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import read_lists


class Term(NamedTuple):
    """A technical term."""

    names: tuple[str, ...]
    """What people call it."""
    plurals: tuple[str, ...]
    """What they call several of it; empty if there is only one."""
    meaning: str
    word: str
    """The meaning in a single word."""


_LISTS = read_lists("conversations/glossary.toml")

QUESTIONS = _LISTS.weighted("questions")
QUESTIONS_ABOUT_SEVERAL = _LISTS.weighted("questions_about_several")
TERMS = [
    Term(
        names=term.words("names"),
        plurals=term.words("plurals") if "plurals" in term else (),
        meaning=term.text("meaning"),
        word=term.text("word"),
    )
    for term in _LISTS.table("terms").tables().values()
]


def draw(source: Source) -> Turn:
    """A question about a technical term."""
    term = source.random.choice(TERMS)
    if term.plurals and source.random.random() < 0.4:
        questions, names = QUESTIONS_ABOUT_SEVERAL, term.plurals
    else:
        questions, names = QUESTIONS, term.names
    name = source.random.choice(names)
    said = source.worded(questions).format(name)
    return Turn(said[0].upper() + said[1:], term.meaning, term.word, "glossary")
