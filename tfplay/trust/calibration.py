"""Probabilities that mean what they say: of answers given with 80 %, four of five are right."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

NUM_BINS = 15

_MOST_ROWS = 1000
"""Rows that a temperature is fitted on: two numbers need no more."""

_MOVES = np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)]) * (0.8, 1.6)
"""How the two numbers of a temperature are changed at first; (6, 2)."""

_FINEST = 0.02
"""The share of these changes that is tried last."""

LARGEST_LOG = 20.0
"""No temperature is below exp(-20) or above exp(20). A model that knows nothing, or is always
right, would be given ever more extreme ones, until its logits overflow."""


class Temperature(NamedTuple):
    """What logits are divided by before the softmax: T = exp(log + slope * share).

    Temperature scaling (Guo et al., 2017, arXiv:1706.04599); T grows with the share of a text that
    was not in the training, since there a model is as sure as ever, and wrong more often.
    """

    log: float = 0.0
    """ln T for a text of which everything was seen."""
    slope: float = 0.0
    """By how much ln T grows up to a text of which nothing was; never negative."""

    def at(self, share: float) -> float:
        """The temperature for a text of which this share was not in the training, 0 to 1."""
        return float(np.exp(self.log + self.slope * share))


def fit_temperature(
    logits: Sequence[np.ndarray], labels: Sequence[np.ndarray], shares: Sequence[float]
) -> Temperature:
    """The temperature under which the right answers of held-out texts are likeliest.

    Args:
        logits: (R, C) for each text: R answers, each of C choices.
        labels: (R,) the right choices.
        shares: Of each text, how much was not in the training.

    Returns:
        That of the least mean cross-entropy, found by a pattern search (Hooke and Jeeves, 1961).
    """
    rows, right, share = _few_rows(logits, labels, shares)
    if not len(rows):
        return Temperature()

    places = np.arange(len(rows))

    def loss(found: np.ndarray) -> float:
        scaled = rows * np.exp(-found[0] - found[1] * share)[:, None].astype("float32")
        return float((np.log(np.exp(scaled).sum(axis=1)) - scaled[places, right]).mean())

    best, size = np.zeros(2), 1.0
    while size > _FINEST:
        tried = [best, *(_within_bounds(best + size * move) for move in _MOVES)]
        better = tried[int(np.argmin([loss(each) for each in tried]))]
        size = size / 2 if better is best else size
        best = better
    return Temperature(*best.tolist())


def _within_bounds(found: np.ndarray) -> np.ndarray:
    """The nearest two numbers of a temperature that are allowed."""
    log = np.clip(found[0], -LARGEST_LOG, LARGEST_LOG)
    return np.array([log, np.clip(found[1], 0, LARGEST_LOG - log)])


def _few_rows(
    logits: Sequence[np.ndarray], labels: Sequence[np.ndarray], shares: Sequence[float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Logits (N, C) with 0 as the highest of each row, right choices (N,) and shares (N,)."""
    places = [(text, row) for text, each in enumerate(labels) for row in range(len(each))]
    order = np.random.default_rng(0).permutation(len(places))[:_MOST_ROWS]
    chosen = [places[index] for index in order]
    width = max((logits[text].shape[-1] for text, _ in chosen), default=0)
    rows = np.full((len(chosen), width), -np.inf, dtype="float32")  # passages differ in length
    for number, (text, row) in enumerate(chosen):
        rows[number, : logits[text].shape[-1]] = logits[text][row]
    rows -= rows.max(axis=1, keepdims=True, initial=-np.inf)
    right = np.array([labels[text][row] for text, row in chosen], dtype=int)
    return rows, right, np.array([shares[text] for text, _ in chosen])


class Bin(NamedTuple):
    """The answers that a model gave about equally surely."""

    low: float
    """The least probability of the bin."""
    high: float
    """The most."""
    num_answers: int
    certainty: float
    """Mean probability of the answers; 0 if there are none."""
    accuracy: float
    """Share of them that is right; 0 if there are none."""


def reliability(certainties: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """How often answers are right, by how sure the model was: a reliability diagram's bars.

    Args:
        certainties: Probability of each answer, from 0 to 1.
        right: Whether it was right.

    Returns:
        The 15 bins of equal width, from unsure to sure.
    """
    sure, hits = np.asarray(certainties, dtype=float), np.asarray(right, dtype=float)
    numbers = np.minimum((sure * NUM_BINS).astype(int), NUM_BINS - 1)
    bins = []
    for number in range(NUM_BINS):
        inside = numbers == number
        count = int(inside.sum())
        means = (float(sure[inside].mean()), float(hits[inside].mean())) if count else (0.0, 0.0)
        bins.append(Bin(number / NUM_BINS, (number + 1) / NUM_BINS, count, *means))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: how far apart certainty and accuracy are, from 0 to 1.

    sum over bins of (count / all) * |accuracy - certainty| (Naeini et al., 2015).
    """
    total = sum(each.num_answers for each in bins)
    gaps = sum(each.num_answers * abs(each.accuracy - each.certainty) for each in bins)
    return gaps / total if total else 0.0
