"""Questions to which the assistant replies that it does not know."""

from tfplay.text.corpora.conversations.glossary import QUESTIONS
from tfplay.text.corpora.conversations.lexicon import CITIES
from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("conversations/unknown.toml")

COUNTRIES = _LISTS.words("countries")
TOPICS = _LISTS.words("topics")
THINGS = _LISTS.words("things")
ABOUT_COUNTRIES = _LISTS.words("about_countries")
ABOUT_CITIES = _LISTS.words("about_cities")
ABOUT_PEOPLE = _LISTS.words("about_people")
ABOUT_THINGS = _LISTS.words("about_things")
OTHERS = _LISTS.words("others")


def draw(source: Source) -> Turn:
    """A question nobody taught this assistant; some are about things that do not exist."""
    kinds = (
        (ABOUT_COUNTRIES, COUNTRIES, 0.4),
        (ABOUT_CITIES, CITIES, 0.4),
        (ABOUT_PEOPLE, (), 1.0),
        (ABOUT_THINGS, THINGS, 0.1),
        (QUESTIONS, TOPICS, 0.3),
        (OTHERS, ("",), 0.0),
    )
    wordings, subjects, made_up_share = source.random.choice(kinds)
    if source.random.random() >= made_up_share:
        subject = source.random.choice(subjects)
    else:
        subject = _made_up(source, wordings)
    said = source.random.choice(wordings).format(subject)
    return Turn(said[0].upper() + said[1:], "I do not know that.", "Unknown", "unknown")


def _made_up(source: Source, wordings: tuple[str, ...]) -> str:
    name = source.made_up_name()
    if wordings is ABOUT_THINGS:
        return f"a {name.lower()}"
    if wordings is QUESTIONS:
        return f"{source.random.choice(('a ', '', 'the '))}{name.lower()}"
    return name
