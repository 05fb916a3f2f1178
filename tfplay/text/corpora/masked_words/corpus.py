"""Sentences whose words decide one another from both sides, and the same with one word masked."""

import random
import re
from typing import Any

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.draws import distinct_examples, is_held_out
from tfplay.text.corpora.masked_words import life, things
from tfplay.text.corpora.masked_words.relation import Relation
from tfplay.text.corpora.people import PEOPLE, person_words
from tfplay.text.corpora.senses.corpus import draw_sense
from tfplay.text.corpora.slots import fill_sentence
from tfplay.text.examples import Pair

MASK = "[MASK]"
"""Stands for the masked word in the examples of the part "cloze"."""

RELATIONS: list[Relation] = [
    relation
    for module in (things, life)
    for relation in vars(module).values()
    if isinstance(relation, Relation)
]

_SHARE_OF_SENSES = 0.25

_WHERE = (
    "in the garden",
    "near the river",
    "in the yard",
    "behind the house",
    "in the village",
    "at school",
    "next door",
    "under the bridge",
    "at the market",
    "on the hill",
)
_TIME = (
    "yesterday",
    "last week",
    "in the evening",
    "on Sunday",
    "one day",
    "after lunch",
    "at noon",
    "some days ago",
)
_MASKABLE = re.compile(r"\{(\w+)\?\}")
_VERBS_OF_BEING = {verb: verb for verb in ("is", "are", "was", "were")}


def _examples(part: str, count: int, seed: int) -> list[Any]:
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
        "time": generator.choice(_TIME),
        **row,
    }
    return pattern, words, is_held_out(pattern, *(row.values() or [person.name]))


def _write(pattern: str, words: dict[str, str]) -> str:
    return fill_sentence(_MASKABLE.sub(r"{\1}", pattern), words).text


MASKED_WORDS = Corpus(
    name="masked-words",
    title="Words that fit from both sides",
    task="masked-words",
    explanation=(
        "Sentences in which the words before and after a gap decide what stands in it: the animal "
        "by its sound, the tool by its task, he or she by a name. The part cloze has the gaps."
    ),
    generate=_examples,
    parts=("training", "held-out", "cloze"),
)
