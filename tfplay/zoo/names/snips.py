"""Snips (Coucke et al., 2018, arXiv:1805.10190), CC0 1.0: voice commands with names tagged."""

from tfplay.text import TaggedSentence, read_conll
from tfplay.zoo.open_data import open_data

_KINDS = {
    "city": "LOC",
    "state": "LOC",
    "country": "LOC",
    "geographic_poi": "LOC",
    "restaurant_name": "ORG",
    "location_name": "ORG",
}
"""Slots that hold names; those of titles and other things hold none of a kind that is tagged."""

_UNCLEAR = {"artist", "poi", "current_location"}
"""Slots of persons, places and others alike."""


def snips() -> list[TaggedSentence]:
    """Commands in which it is clear what is a name.

    Raises:
        InputError: The data set is not there.
    """
    sentences = read_conll(open_data("snips") / "snips-train.conll.gz")
    return [
        TaggedSentence(each.words, tuple(map(_as_name, each.tags)))
        for each in sentences
        if _UNCLEAR.isdisjoint(tag[2:] for tag in each.tags)
    ]


def _as_name(tag: str) -> str:
    kind = _KINDS.get(tag[2:])
    return f"{tag[:2]}{kind}" if kind else "O"
