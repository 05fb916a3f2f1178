"""Everyday sentences with names of many cultures, as people type them."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tfplay.text import TaggedSentence
from tfplay.text.corpora.draws import SLOT
from tfplay.text.typed import word_places

_LISTS: Mapping[str, Sequence[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_OF_THE_LIST = 0.7
"""How often a name is one of the lists here instead of one that others' sentences have."""


def everyday_sentence(
    names: Mapping[str, Sequence[str]], generator: random.Random
) -> TaggedSentence:
    """A sentence with names drawn for its slots.

    Args:
        names: Other names by kind, to draw from too.
        generator: Draws the sentence and the names.
    """
    words: list[str] = []
    tags: list[str] = []
    pattern = generator.choice(_LISTS["patterns"])
    for number, part in enumerate(SLOT.split(pattern)):  # words and slots take turns
        if number % 2 == 0:
            outside = words_of(part)
            words += outside
            tags += ["O"] * len(outside)
            continue
        name = _name(part, names, generator)
        if name.startswith("the "):  # the article is no part of a name
            words.append("the")
            tags.append("O")
        kind = "PER" if part == "FIRST" else part
        inside = words_of(name.removeprefix("the "))
        words += inside
        tags += [f"B-{kind}", *[f"I-{kind}"] * (len(inside) - 1)]
    return TaggedSentence(tuple(words), tuple(tags))


def words_of(text: str) -> list[str]:
    """The words and marks of a text, as a tagger reads what is typed."""
    return [text[start:end] for start, end in word_places(text)]


def _name(slot: str, names: Mapping[str, Sequence[str]], generator: random.Random) -> str:
    first = generator.choice(_LISTS["first_names"])
    if slot == "FIRST":
        return first
    if generator.random() > _OF_THE_LIST:
        return generator.choice(names[slot])
    match slot:
        case "PER":
            last = generator.choice(_LISTS["last_names"])
            return generator.choice((f"{first} {last}", f"{first} {last}", last, first))
        case "LOC":
            return generator.choice(_LISTS["places"])
        case _:
            return generator.choice(_LISTS["organisations"])
