"""New sentences from old ones: their names replaced by others of the same kind."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tfplay.tasks.tagging.tag import spans_of
from tfplay.text import TaggedSentence
from tfplay.text.corpora.entities.names import draw_name

_SLOTS = {"PER": ("PER",), "LOC": ("LOC",), "ORG": ("COMPANY", "SCHOOL", "CLUB", "OFFICE")}
_DRAWN = 0.3
"""How often a new name is drawn by the grammar of names instead of from other sentences."""


def names_in(sentences: Sequence[TaggedSentence]) -> dict[str, list[str]]:
    """The names that sentences have, by kind, each as often as it is there."""
    found = defaultdict(list)
    for words, tags in sentences:
        for label, first, stop in spans_of(tags):
            found[label].append(" ".join(words[first:stop]))
    return found


def swapped(
    sentence: TaggedSentence, names: Mapping[str, Sequence[str]], generator: random.Random
) -> TaggedSentence:
    """The sentence with other names."""
    words, tags, place = [], [], 0
    for label, first, stop in spans_of(sentence.tags):
        name = generator.choice(names[label])
        if generator.random() < _DRAWN:
            name = draw_name(generator.choice(_SLOTS[label]), generator)[0].removeprefix("the ")
        new = name.split()
        words += [*sentence.words[place:first], *new]
        tags += [*sentence.tags[place:first], f"B-{label}", *[f"I-{label}"] * (len(new) - 1)]
        place = stop
    return TaggedSentence((*words, *sentence.words[place:]), (*tags, *sentence.tags[place:]))
