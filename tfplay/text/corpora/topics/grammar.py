"""Sentences of eight topics; words that two topics share are decided by the rest."""

import random
import re
from functools import partial

from tfplay.text.corpora.draws import SLOT, as_sentences, distinct_examples, is_held_out
from tfplay.text.corpora.slots import words_of
from tfplay.text.corpora.topics.words import OPENINGS, SHARED, TALK, TOPICS_BY_NAME, Topic
from tfplay.text.examples import LabelledText

# Of all sentences, those around an ambiguous word, and those that name a second topic to reject it.
_AMBIGUOUS = 0.4
_TALK = 0.1


def _draw(label: str, generator: random.Random) -> tuple[LabelledText, bool]:
    topic = TOPICS_BY_NAME[label]
    other_topic = generator.choice([other for other in TOPICS_BY_NAME.values() if other != topic])
    held_out = False
    used: list[str] = []

    pattern = _pattern(topic, generator)

    def filling(match: re.Match[str]) -> str:
        nonlocal held_out
        slot = match[1]
        is_other = slot.startswith("other_")
        table = SHARED | (other_topic.words if is_other else topic.words)
        words = words_of(slot.removeprefix("other_"), table, pattern)
        word = generator.choice([word for word in words if word not in used])
        used.append(word)
        held_out |= slot not in SHARED and is_held_out(pattern, slot, word)
        return word

    text = SLOT.sub(filling, generator.choice(OPENINGS) + pattern) + "."
    return LabelledText(as_sentences(text), label), held_out


def _pattern(topic: Topic, generator: random.Random) -> str:
    kind = generator.random()
    if kind < _TALK:
        return generator.choice(TALK)
    if kind < _TALK + _AMBIGUOUS:
        return generator.choice(topic.ambiguous)
    return generator.choice(topic.sentences)


def examples(part: str, count: int, seed: int) -> list[LabelledText]:
    """Different examples of one part, drawn by the seed."""
    draws = [partial(_draw, label) for label in TOPICS_BY_NAME]
    return distinct_examples(draws, part, count, seed)
