"""One of the alternatives that a model chooses between, and how likely the model finds it."""

from typing import NamedTuple

import numpy as np


class Answer(NamedTuple):
    """A place among a model's logits.

    Of next-token logits (B, T, V), or those of each token's class, a row is a token's; of the
    logits (B, 2, T) of a span the rows are start and end; class logits (B, C) of a text have one.
    """

    row: int | None
    """Counted from 0, or from the end if negative; `None` for a text's class."""
    choice: int
    """Which of the row: a token's id, a class, or where the span starts or ends."""

    def logits(self, logits: np.ndarray) -> np.ndarray:
        """The row of the logits that the answer stands in: (B, choices)."""
        return logits if self.row is None else logits[:, self.row]

    def logit(self, logits: np.ndarray) -> np.ndarray:
        """(B,)."""
        return self.logits(logits)[:, self.choice]

    def probability(self, logits: np.ndarray) -> np.ndarray:
        """(B,), from 0 to 1."""
        return np.exp(-self.loss(logits))

    def loss(self, logits: np.ndarray) -> np.ndarray:
        """(B,): -log of the probability, in nats."""
        row = self.logits(logits).astype("float64")
        row = row - row.max(axis=-1, keepdims=True)
        return np.log(np.exp(row).sum(axis=-1)) - row[:, self.choice]


def likeliest(logits: np.ndarray, row: int | None, count: int = 2) -> list[Answer]:
    """The likeliest answers in a row of the only example's logits, the likeliest first.

    Args:
        logits: (1, ...).
        row: The row, as in `Answer`.
        count: How many.
    """
    [only] = Answer(row, 0).logits(logits)
    return [Answer(row, int(choice)) for choice in np.argsort(-only, kind="stable")[:count]]
