"""The common part of the grammars: slots, held-out combinations, drawing without repeats."""

import hashlib
import random
import re
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import TypeVar

Example = TypeVar("Example", bound=Hashable)

SLOT = re.compile(r"\{(\w+)\}")
"""A slot in a pattern, to be filled with words: "{noun}" in "a {noun}"."""

_HELD_OUT_BYTES = 32  # of 256: one combination in eight
_PATIENCE = 20_000
_SENTENCE_START = re.compile(r"(^|[.!?] )([a-z])")
_A_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeiou])")


def distinct_examples(
    draws: Sequence[Callable[[random.Random], tuple[Example, bool]]],
    part: str,
    count: int,
    seed: int,
) -> list[Example]:
    """Draws different examples of one part, equally many of each kind, and shuffles them.

    Args:
        draws: One function for each kind, such as each label. It makes an example from a random
            generator, and says whether the example is held out.
        part: "training" or "held-out".
        count: How many; fewer come back once 20,000 draws in a row brought nothing new.
        seed: The seed of the draw, which is the same on every machine and Python.
    """
    generator = random.Random(f"{part} {seed}")
    examples: dict[Example, None] = {}
    draws_in_vain = 0
    while len(examples) < count and draws_in_vain < _PATIENCE:
        draw = draws[len(examples) % len(draws)]
        example, held_out = draw(generator)
        if held_out == (part == "held-out") and example not in examples:
            examples[example] = None
            draws_in_vain = 0
        else:
            draws_in_vain += 1
    shuffled = list(examples)
    generator.shuffle(shuffled)
    return shuffled


@lru_cache(maxsize=1 << 20)
def is_held_out(*combination: str) -> bool:
    """Whether training never has this combination: true of one in eight, the same everywhere."""
    return hashlib.sha256("|".join(combination).encode()).digest()[0] < _HELD_OUT_BYTES


def as_sentences(text: str) -> str:
    """The text with a capital letter after each full stop, and "an" before vowels.

    Example:
        >>> as_sentences("it was a insult. never again!")
        'It was an insult. Never again!'
    """
    text = _SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)
    return _A_BEFORE_VOWEL.sub(r"\1n ", text)
