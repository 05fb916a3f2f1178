"""What a model thinks likely."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

MOST_ANSWERS = 5


class Likely(NamedTuple):
    """How a model divides its belief, in one answer or in several."""

    probabilities: np.ndarray
    """(answers, choices); each row sums to 1."""
    best: list[tuple[str, float]]
    """The likeliest choices of the one answer, or the likeliest of each."""


def likeliest(probabilities: np.ndarray, names: Callable[[Sequence[int]], list[str]]) -> Likely:
    """One answer, with its five likeliest choices.

    Args:
        probabilities: (choices,).
        names: Names choices by their numbers.
    """
    top = np.argsort(-probabilities, kind="stable")[:MOST_ANSWERS].tolist()
    return Likely(
        probabilities[None], list(zip(names(top), probabilities[top].tolist(), strict=True))
    )
