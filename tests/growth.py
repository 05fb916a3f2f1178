"""How the cost of a function grows with its input, and the texts that make it grow."""

import gc
import time
from collections.abc import Callable
from typing import Any

SMALLEST, LARGEST = 1_000, 1_000_000
ENOUGH = 0.01
"""Seconds that can be told from noise."""
MOST_GROWTH = 3
"""Twice the input may cost so many times as much; what grows linearly costs twice as much."""

HOSTILE = {
    "one letter": "a",
    "one word": "abcdefgh",
    "alternating": "ab ",
    "Chinese": "我们是朋友",
    "combining marks": "\u0301\u0323",
    "marks that decompose": "\u0344\u0323\u0f73",
    "nukta": "ड\u093c",
    "conjuncts": "क\u094d",
    "viramas": "\u094d",
    "Hangul jamo": "\u1100\u1161\u11a8",
    "emoji joined": "👩\u200d",
    "far planes": "\U0001f600\U000e0001\U00020000",
    "right to left": "\u200f\u202eא",
    "digits": "0123",
    "full stops": ".",
    "ends of sentences": ".!?",
    "ends and quotes": '!"',
    "initials": "A.",
    "apostrophes": "a'",
    "brackets": "([{",
    "hash signs": "#",
    "spaces": " ",
    "line breaks": "\n",
    "other spaces": "a\u00a0\u2028 \n\t",
}
"""Texts that are made of one piece, again and again; by what they are."""


def hostile_text(kind: str, length: int) -> str:
    """So many characters of a kind."""
    piece = HOSTILE[kind]
    return (piece * (length // len(piece) + 1))[:length]


def growth(
    function: Callable[[Any], object], make: Callable[[int], Any], largest: int = LARGEST
) -> float:
    """How many times as much CPU time twice the input costs, at a size that can be measured.

    Args:
        function: What is measured.
        make: Makes an input of a size.
        largest: The largest input; if even that costs next to nothing, the growth counts as 1.
    """
    size = SMALLEST
    while (cost := _cost(function, make(size))) < ENOUGH and size < largest:
        size = min(4 * size, largest)
    if cost < ENOUGH:
        return 1.0
    grown = _growth_at(size, function, make)
    if grown >= MOST_GROWTH and 4 * size <= largest:  # the smaller may just fit into a cache
        grown = min(grown, _growth_at(4 * size, function, make))
    return grown


def _growth_at(size: int, function: Callable[[Any], object], make: Callable[[int], Any]) -> float:
    small, large = make(max(1, size // 2)), make(size)
    cheap, cost = _cost(function, small), _cost(function, large)
    for _ in range(6):  # what else the machine does only ever adds to a cost
        if cost < MOST_GROWTH * cheap:
            break
        cheap = min(cheap, _cost(function, small))
        cost = min(cost, _cost(function, large))
    return cost / cheap


def too_fast(
    function: Callable[[str], object], kinds: tuple[str, ...] = tuple(HOSTILE), **settings
) -> dict[str, float]:
    """The kinds of hostile text whose cost grows faster than they do, and how fast."""
    found = {
        kind: growth(function, lambda size, kind=kind: hostile_text(kind, size), **settings)
        for kind in kinds
    }
    return {kind: times for kind, times in found.items() if times >= MOST_GROWTH}


def _cost(function: Callable[[Any], object], argument: Any) -> float:
    """Seconds of CPU time."""
    gc.disable()
    try:
        start = time.process_time()
        function(argument)
        return time.process_time() - start
    finally:
        gc.enable()
