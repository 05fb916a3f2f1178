"""The words of the reviews: what is judged, and the words that judge."""

from dataclasses import dataclass
from functools import lru_cache

from tfplay.text.corpora.lists import Lists, read_lists

POSITIVE, NEGATIVE = 1, -1


@dataclass(frozen=True)
class Adjectives:
    """Adjectives of one polarity.

    Attributes:
        gentle: Those that can be compared and plainly negated, each with its comparative.
        strong: Those that cannot: nobody says "more superb" or "not very awful".
    """

    gentle: dict[str, str]
    strong: tuple[str, ...] = ()


def by_polarity(lists: Lists) -> dict[int, tuple[str, ...]]:
    """The lists "positive" and "negative" of a table."""
    return {POSITIVE: lists.words("positive"), NEGATIVE: lists.words("negative")}


def _adjectives(lists: Lists) -> dict[int, Adjectives]:
    """The tables "positive" and "negative"; a comparative is given, or made with "more"."""
    adjectives = {}
    for polarity, key in (POSITIVE, "positive"), (NEGATIVE, "negative"):
        table = lists.table(key)
        compared = {}
        for entry in table.words("gentle"):
            adjective, _, comparative = entry.partition("/")
            compared[adjective] = comparative or f"more {adjective}"
        strong = table.words("strong") if "strong" in table else ()
        adjectives[polarity] = Adjectives(compared, strong)
    return adjectives


_LISTS = read_lists("sentiment/words.toml")
_ADJECTIVES = {
    kind: _adjectives(table) for kind, table in _LISTS.table("adjectives").tables().items()
}

GENERAL = _ADJECTIVES.pop("general")
"""Fit for everything."""
SPECIAL = _ADJECTIVES
"""Fit for one kind of thing only: a soup is not gripping."""
NOUNS = by_polarity(_LISTS.table("nouns"))
QUALITIES = by_polarity(_LISTS.table("qualities"))
VERBS = by_polarity(_LISTS.table("verbs"))
EXCLAMATIONS = by_polarity(_LISTS.table("exclamations"))
EXPERIENCES = by_polarity(_LISTS.table("experiences"))


@lru_cache
def judging_words(slot: str, polarity: int, kind: str) -> tuple[str, ...] | None:
    """What a pattern's slot can be filled with so that it praises or blames something of a kind.

    Returns:
        The words; those for this kind only stand twice, so that they are drawn more often. None if
        words in this slot neither praise nor blame.
    """
    pools = (GENERAL[polarity], SPECIAL[kind][polarity], SPECIAL[kind][polarity])
    match slot:
        case "gentle":
            return tuple(adjective for pool in pools for adjective in pool.gentle)
        case "strong":
            return tuple(adjective for pool in pools for adjective in pool.strong)
        case "adj":
            return judging_words("gentle", polarity, kind) + GENERAL[polarity].strong
        case "more":
            return tuple(comparative for pool in pools for comparative in pool.gentle.values())
        case "noun":
            return NOUNS[polarity]
        case "quality":
            return QUALITIES[polarity]
        case "love":
            return tuple(verb.split("/")[0] for verb in VERBS[polarity])
        case "loved":
            return tuple(verb.split("/")[1] for verb in VERBS[polarity])
        case _:
            return None
