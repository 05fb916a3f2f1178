"""The topics, and the words that all of them share, from topics.toml."""

from dataclasses import dataclass

from tfplay.text.corpora.lists import read_lists


@dataclass(frozen=True)
class Topic:
    """A topic, its words by slot, and its sentences with such slots in braces.

    Attributes:
        words: For each slot, the words that can fill it.
        sentences: Without a capital letter and full stop. "{theme}" must be a slot of each topic:
            what a conversation can be about.
        ambiguous: Sentences around a word that has another meaning in another topic.
    """

    words: dict[str, tuple[str, ...]]
    sentences: tuple[str, ...]
    ambiguous: tuple[str, ...]


_LISTS = read_lists("topics/topics.toml")

TOPICS_BY_NAME = {
    name: Topic(topic.table("words").lists(), topic.words("sentences"), topic.words("ambiguous"))
    for name, topic in _LISTS.table("topics").tables().items()
}

SHARED = _LISTS.table("shared").lists()
"""People and times, in any topic."""

OPENINGS = _LISTS.weighted("openings")
TALK = _LISTS.words("talk")
