"""Sentences whose names are tagged as persons, places, organisations and dates."""

import random

from tfplay.text.corpora.draws import SLOT, distinct_examples, is_held_out
from tfplay.text.corpora.entities.names import KNOWN_WORDS, NAMES, draw_name
from tfplay.text.corpora.entities.patterns import PATTERN_GROUPS, WORDS
from tfplay.text.examples import TaggedSentence

TaggedWords = list[tuple[str, str]]


def _draw(generator: random.Random) -> tuple[TaggedSentence, bool]:
    pattern = generator.choice(generator.choice(PATTERN_GROUPS))
    tagged_words: TaggedWords = []
    namesake = generator.choice(NAMES["ambiguous_names"])
    has_stop = generator.random() > 0.1
    for part in pattern.split() if has_stop else pattern.removesuffix(" .").split():
        slot = SLOT.fullmatch(part)
        if slot is None:
            tagged_words += _outside(part)
        elif slot[1] in ("NAMESAKE_PER", "NAMESAKE_LOC"):
            tagged_words += _entity(namesake, slot[1].removeprefix("NAMESAKE_"))
        else:
            tagged_words += _filling(slot[1], generator)
    words, tags = zip(*tagged_words, strict=True)
    capitalised = (words[0][:1].upper() + words[0][1:], *words[1:])
    return TaggedSentence(capitalised, tags), _has_held_out_name(pattern, tagged_words)


def _filling(slot: str, generator: random.Random) -> TaggedWords:
    """The words that fill a slot, with their tags."""
    match slot:
        case "TITLED":
            title = _outside(generator.choice(NAMES["titles"]))
            return title + _filling(generator.choice(("LAST", "LAST", "PER")), generator)
        case "WHEN":
            preposition, date = generator.choice(
                (("", "somewhen"), ("on", "DAY"), ("in", "PERIOD"))
            )
            return _outside(preposition) + _filling(date, generator)
        case "brand":
            return _outside(generator.choice(NAMES["brands"]).lower())
        case _ if slot in WORDS:
            return _outside(generator.choice(WORDS[slot]))
        case _:
            return _entity(*draw_name(slot, generator))


def _entity(name: str, entity_type: str) -> TaggedWords:
    article = "the" if name.startswith("the ") else ""
    first, *others = name.removeprefix("the ").split()
    tagged_first = (first, f"B-{entity_type}")
    return [*_outside(article), tagged_first, *((word, f"I-{entity_type}") for word in others)]


def _outside(text: str) -> TaggedWords:
    return [(word, "O") for word in text.split()]


def _has_held_out_name(pattern: str, tagged_words: TaggedWords) -> bool:
    """Whether a name never stands in this pattern in training; if made up, in any pattern."""
    named = [word for word, tag in tagged_words if tag[2:] in ("PER", "LOC", "ORG")]
    return any(is_held_out(pattern if name in KNOWN_WORDS else "made up", name) for name in named)


def examples(part: str, count: int, seed: int) -> list[TaggedSentence]:
    """Different examples of one part, drawn by the seed."""
    return distinct_examples([_draw], part, count, seed)
