"""Sentences whose words decide one another from both sides, and the same with one word masked."""

import random
import re
from typing import Any

from tfplay.text.corpora.draws import distinct_examples, is_held_out
from tfplay.text.corpora.lists import read_lists
from tfplay.text.corpora.masked_words.relations import RELATIONS
from tfplay.text.corpora.people import PEOPLE, person_words
from tfplay.text.corpora.senses.corpus import draw_sense
from tfplay.text.corpora.slots import fill_sentence
from tfplay.text.examples import Pair

MASK = "[MASK]"
"""Stands for the masked word in the examples of the part "cloze"."""

_SHARE_OF_SENSES = 0.25

_SCENES = read_lists("masked_words/scenes.toml")
_WHERE, _TIMES = _SCENES.words("where"), _SCENES.words("time")
_MASKABLE = re.compile(r"\{(\w+)\?\}")
_VERBS_OF_BEING = {verb: verb for verb in ("is", "are", "was", "were")}


def examples(part: str, count: int, seed: int) -> list[Any]:
    """Different examples of one part, drawn by the seed."""
    if part == "cloze":
        return distinct_examples([_draw_cloze], "held-out", count, seed)
    return distinct_examples([_draw_text], part, count, seed)


def _draw_text(generator: random.Random) -> tuple[str, bool]:
    if generator.random() < _SHARE_OF_SENSES:
        labelled, held_out = draw_sense(generator)
        return labelled.text, held_out
    pattern, words, held_out = _draw_pattern(generator)
    return _write(pattern, words), held_out


def _draw_cloze(generator: random.Random) -> tuple[Pair, bool]:
    """A sentence with one word masked, and that word."""
    pattern, words, held_out = _draw_pattern(generator)
    slot = generator.choice(_MASKABLE.findall(pattern))
    masked = pattern.replace(f"{{{slot}?}}", MASK, 1)
    return Pair(source=_write(masked, words), target=words[slot]), held_out


def _draw_pattern(generator: random.Random) -> tuple[str, dict[str, str], bool]:
    """A pattern, words for its slots, and whether training never has them together."""
    relation = generator.choice(RELATIONS)
    pattern = generator.choice(relation.patterns)
    row = generator.choice(relation.rows)
    person = generator.choice(PEOPLE)
    words = {
        **_VERBS_OF_BEING,
        **person_words("name", person),
        "where": generator.choice(_WHERE),
        "time": generator.choice(_TIMES),
        **row,
    }
    return pattern, words, is_held_out(pattern, *(row.values() or [person.name]))


def _write(pattern: str, words: dict[str, str]) -> str:
    return fill_sentence(_MASKABLE.sub(r"{\1}", pattern), words).text
