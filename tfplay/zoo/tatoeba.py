"""Tatoeba's English-Hindi pairs, in a part to learn from and a part to measure on."""

import hashlib
from collections.abc import Sequence

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.text import Pair, read_pairs
from tfplay.text.published import find
from tfplay.text.splits import components
from tfplay.zoo.entry import TATOEBA

HELD_OUT = 0.15
"""Share of the groups of sentences that nothing is learned from."""

MISSING = (
    f"The corpus {TATOEBA!r} is needed and is not on this machine: let TFPLAY_DATA name a folder "
    f"that has it, or fetch it with `python -m tfplay corpora fetch {TATOEBA}`."
)


def has_tatoeba() -> bool:
    """Whether the corpus is on this machine."""
    return find(TATOEBA, home() / "corpora") is not None


def tatoeba_pairs(held_out: bool) -> list[Pair]:
    """One of the two parts, the same on every machine.

    Args:
        held_out: Whether the part to measure on is wanted.

    Raises:
        InputError: The corpus is not on this machine.
    """
    path = find(TATOEBA, home() / "corpora")
    if path is None:
        raise InputError(MISSING)
    return [pair for group in groups_in_part(read_pairs(path), held_out) for pair in group]


def groups_in_part(pairs: Sequence[Pair], held_out: bool) -> list[list[Pair]]:
    """The groups of one of the two parts.

    Pairs that share a sentence on either side stay together; the smallest sentence of such a group
    decides, by its hash, in which part the group stands.

    Args:
        pairs: All pairs.
        held_out: Whether the part to measure on is wanted.
    """
    return [
        group
        for group in components(pairs)
        if (_share(min(pair.source for pair in group)) < HELD_OUT) == held_out
    ]


def _share(sentence: str) -> float:
    """A number from 0 to 1 that depends on the sentence alone."""
    return int.from_bytes(hashlib.sha256(sentence.encode()).digest()[:8]) / 2**64
