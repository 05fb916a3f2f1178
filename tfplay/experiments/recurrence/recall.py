"""Recall: a row of random symbols to be said backwards, so that each comes back at its distance."""

from typing import NamedTuple

import numpy as np

from tfplay.tasks import IGNORED


class RecallTask(NamedTuple):
    """Random symbols, then as many questions: the last symbol is asked for first.

    The k-th question asks for what was said 2k - 1 tokens ago, from 1 to the whole length. Symbols
    are drawn anew for each sequence, so nothing but the memory of them tells an answer (as in the
    copying tasks of Graves et al., 2014, arXiv:1410.5401).
    """

    num_said: int = 16
    num_symbols: int = 8

    @property
    def length(self) -> int:
        """Tokens of a sequence."""
        return 2 * self.num_said

    @property
    def vocabulary_size(self) -> int:
        """Every symbol, and the question, which is the last."""
        return self.num_symbols + 1

    @property
    def distances(self) -> np.ndarray:
        """How many tokens ago each question's answer was said."""
        return 2 * np.arange(self.num_said) + 1


class RecallBatch(NamedTuple):
    """Sequences to recall from."""

    token_ids: np.ndarray
    """(B, T)."""
    labels: np.ndarray
    """(B, T): the symbol asked for; `IGNORED` where nothing is."""


def draw_sequences(task: RecallTask, count: int, random: np.random.Generator) -> RecallBatch:
    """Draws sequences of this task.

    Args:
        task: How many symbols there are, and how many are said.
        count: B, how many sequences.
        random: Draws the symbols.

    Example:
        >>> batch = draw_sequences(RecallTask(), 4, np.random.default_rng(0))
        >>> batch.token_ids.shape
        (4, 32)
    """
    said = random.integers(task.num_symbols, size=(count, task.num_said), dtype="int32")
    return RecallBatch(
        np.concatenate([said, np.full_like(said, task.num_symbols)], axis=1),
        np.concatenate([np.full_like(said, IGNORED), said[:, ::-1]], axis=1),
    )
