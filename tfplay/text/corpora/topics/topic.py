"""What a topic consists of, and the words that all topics share."""

from dataclasses import dataclass


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


def words(table: str) -> tuple[str, ...]:
    """The entries of a table, divided by commas.

    Example:
        >>> words("flour, olive oil")
        ('flour', 'olive oil')
    """
    return tuple(" ".join(entry.split()) for entry in table.split(","))


# Whoever and whenever, in any topic.
SHARED = {
    "person": words(
        """my sister,my brother,her uncle,our neighbour,my best friend,his cousin,our teacher,
        the old woman,Anna,Tom,Priya,Omar,Mei,Pablo,Ingrid,Kofi,Yuki,Elena,David,Fatima"""
    ),
    "when": words(
        """yesterday,on Sunday,last week,this morning,in the evening,last year,on Friday,today,
        two days ago,last month"""
    ),
}

OPENINGS = (
    "",
    "",
    "",
    "I heard that ",
    "they say that ",
    "guess what: ",
    "{person} told me that ",
    "{person} says that ",
    "{person} read that ",
)

TALK = (
    "we did not talk about {other_theme} but about {theme}",
    "{person} asked about {theme}, not about {other_theme}",
    "{person} forgot about {other_theme} and spoke of {theme}",
    "instead of {other_theme} we discussed {theme}",
    "this article is about {theme} rather than {other_theme}",
    "for {person} there is only {theme}, never {other_theme}",
)
