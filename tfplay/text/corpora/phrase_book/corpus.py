"""The sentences of the phrase book, as they stand and as people type them."""

import random

from tfplay.text.corpora.draws import is_held_out
from tfplay.text.corpora.english_hindi.corpus import FIXED_PHRASES
from tfplay.text.corpora.lists import read_lists
from tfplay.text.corpora.phrase_book.contractions import as_typed
from tfplay.text.corpora.phrase_book.slots import sentence
from tfplay.text.examples import Pair

WHOLE = FIXED_PHRASES | {
    english: hindi
    for name in ("talk", "daily", "world", "wider", "further")
    for english, hindi in read_lists(f"phrase_book/{name}.toml").texts().items()
}
"""Whole sentences, English to Hindi; those of the first lesson are among them."""
PATIENCE = 20_000
"""After this many draws without a new sentence, the patterns are exhausted."""


def examples(part: str, count: int, seed: int) -> list[Pair]:
    """Distinct pairs of one part; in training the whole sentences come before filled patterns."""
    draw = random.Random(f"phrase-book {part} {seed}")
    pairs: dict[str, str] = {}
    if part == "training":
        whole = list(WHOLE.items())
        draw.shuffle(whole)
        pairs.update(as_typed(Pair(*pair), draw) for pair in whole[:count])
    fruitless = 0
    while len(pairs) < count and fruitless < PATIENCE:
        fruitless += 1
        pair = sentence(draw)
        if is_held_out(pair.source) != (part == "held-out") or pair.source in WHOLE:
            continue
        source, target = as_typed(pair, draw)
        if source not in pairs:
            pairs[source] = target
            fruitless = 0
    shuffled = [Pair(*pair) for pair in pairs.items()]
    draw.shuffle(shuffled)
    return shuffled
