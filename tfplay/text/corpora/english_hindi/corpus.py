"""Sentences drawn from the patterns, and the part of the corpus that each belongs to."""

import hashlib
import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from tfplay.text.corpora.english_hindi.patterns import PATTERNS, Sentence
from tfplay.text.corpora.lists import read_lists
from tfplay.text.examples import Pair

FIXED_PHRASES = read_lists("english_hindi/phrases.toml").texts()
"""Phrases of the first lesson, which no pattern makes."""
MOST_WORDS = 9
"""The most words of an English sentence."""
PATIENCE = 200_000
"""After this many draws without a new sentence, the grammar is exhausted."""


def part_of(sentence: Sentence) -> str:
    """The only part of the corpus in which a sentence may stand.

    A pattern and a word that are kept apart in training decide first, then the sentence itself.
    """
    if any(_is_kept_apart(sentence.pattern, word) for word in sentence.words):
        return "held-out-words"
    return "held-out" if _share("sentence", sentence.english) < 0.1 else "training"


@cache
def _is_kept_apart(pattern: str, word: str) -> bool:
    return _share("pattern and word", pattern, word) < 0.03


def _share(*combination: str) -> float:
    """A number from 0 to 1 that depends on the combination alone."""
    digest = hashlib.sha256("\n".join(combination).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def sentences(seed: int | str) -> Iterator[Sentence]:
    """Short sentences without end: first a pattern by its weight, then its words."""
    draw = random.Random(f"english-hindi {seed}")
    patterns = sorted(PATTERNS, key=lambda pattern: pattern.name)
    cumulative_weights = list(accumulate(pattern.weight for pattern in patterns))
    while True:
        [pattern] = draw.choices(patterns, cum_weights=cumulative_weights)
        sentence = pattern.sentence(draw)
        if len(sentence.english.split()) <= MOST_WORDS:
            yield sentence


def examples(part: str, count: int, seed: int) -> list[Pair]:
    """Distinct pairs of one part; every tenth of them in training at most is a fixed phrase."""
    pairs: dict[str, str] = {}
    if part == "training":
        pairs.update(list(FIXED_PHRASES.items())[: count // 10])
    fruitless = 0
    for sentence in sentences(f"{part} {seed}"):
        if len(pairs) >= count or fruitless > PATIENCE:
            break
        fruitless += 1
        is_new = sentence.english not in pairs and sentence.english not in FIXED_PHRASES
        if is_new and part_of(sentence) == part:
            pairs[sentence.english] = sentence.hindi
            fruitless = 0
    shuffled = [Pair(*pair) for pair in pairs.items()]
    random.Random(f"english-hindi order {seed}").shuffle(shuffled)
    return shuffled
