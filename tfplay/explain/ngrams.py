"""Unigrams, bigrams and trigrams: predictions by counting, the baseline of a language model."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

MISSING = -1
"""Stands where a sequence has no token: before its first."""


class _Counts(NamedTuple):
    """How often what followed what, for one length of context; both sorted by code."""

    gram_codes: np.ndarray
    gram_counts: np.ndarray
    context_codes: np.ndarray
    context_counts: np.ndarray
    context_types: np.ndarray
    """How many different tokens followed each context, T(h)."""


class NGrams:
    """How often each token followed each token, and each two, interpolated.

        p(w | h) = (c(h w) + T(h) p(w | h')) / (c(h) + T(h))

    c counts in the training data, T(h) is the number of different tokens that followed the context
    h, and h' is h without its first token; below the unigrams stands 1 / V (Witten and Bell, 1991,
    as interpolated by Chen and Goodman, 1996, arXiv:cmp-lg/9606011). At the beginning of a sequence
    the context is as short as it is for the model.

    Args:
        sequences: Pairs of token ids and their targets, (B, T) each. Negative
            labels are not counted.
        vocabulary_size: Number of tokens (V), at most a million.
        longest: Tokens in the longest n-gram, 2 or more: 3 counts unigrams, bigrams and trigrams.

    Example:
        >>> counted = NGrams([(token_ids[:, :-1], token_ids[:, 1:])], vocabulary_size=65)
        >>> counted.losses(token_ids[:, :-1], token_ids[:, 1:], order=2)  # bigrams, in nats
    """

    def __init__(
        self,
        sequences: Iterable[tuple[np.ndarray, np.ndarray]],
        vocabulary_size: int,
        longest: int = 3,
    ):
        self.vocabulary_size = vocabulary_size
        self.longest = longest
        grams = np.concatenate([self._grams(*pair)[pair[1] >= 0] for pair in sequences])
        self._counts = [self._count(grams[:, -order:]) for order in range(1, longest + 1)]

    def losses(self, token_ids: np.ndarray, labels: np.ndarray, order: int) -> np.ndarray:
        """-log p(label) in nats.

        Args:
            token_ids: (B, T) what is read.
            labels: (B, T) the targets; negative where there is none.
            order: 1 for unigrams, 2 for bigrams, up to `longest`.

        Returns:
            (B, T), not a number where there is no target.
        """
        counts = labels >= 0
        grams = self._grams(token_ids, labels)[counts]
        probabilities = np.full(len(grams), 1 / self.vocabulary_size)
        for length, counted in enumerate(self._counts[:order], start=1):
            in_context, total, types = self._look_up(counted, grams[:, -length:])
            interpolated = (in_context + types * probabilities) / np.maximum(total + types, 1)
            probabilities = np.where(total > 0, interpolated, probabilities)
        losses = np.full(labels.shape, np.nan)
        losses[counts] = -np.log(probabilities)
        return losses

    def _grams(self, token_ids: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """(B, T, longest): the last tokens read at each position, and the label."""
        missing = ((0, 0), (self.longest - 2, 0))
        padded = np.pad(token_ids.astype("int64"), missing, constant_values=MISSING)
        contexts = sliding_window_view(padded, self.longest - 1, axis=1)
        return np.concatenate([contexts, labels[..., None]], axis=-1)

    def _count(self, grams: np.ndarray) -> _Counts:
        whole = grams[(grams != MISSING).all(axis=1)]
        codes, counts = np.unique(self._codes(whole), return_counts=True)
        contexts, inverse = np.unique(codes // self.vocabulary_size, return_inverse=True)
        totals = np.bincount(inverse, counts).astype("int64")
        return _Counts(codes, counts, contexts, totals, np.bincount(inverse))

    def _look_up(self, counted: _Counts, grams: np.ndarray) -> tuple[np.ndarray, ...]:
        """c(h w), c(h) and T(h) of each gram (N, length); 0 where a token of it is missing."""
        is_whole = (grams != MISSING).all(axis=1)
        codes = np.where(is_whole, self._codes(grams), MISSING)
        contexts = np.where(is_whole, codes // self.vocabulary_size, MISSING)
        gram, known_gram = _find(counted.gram_codes, codes)
        context, known_context = _find(counted.context_codes, contexts)
        return (
            counted.gram_counts[gram] * known_gram,
            counted.context_counts[context] * known_context,
            counted.context_types[context] * known_context,
        )

    def _codes(self, grams: np.ndarray) -> np.ndarray:
        """One number for each gram (N, length), the label its last digit in base V."""
        places = self.vocabulary_size ** np.arange(grams.shape[1], dtype="int64")[::-1]
        return grams @ places


def _find(sorted_codes: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each code stands, and whether it does."""
    places = np.minimum(np.searchsorted(sorted_codes, codes), len(sorted_codes) - 1)
    return places, sorted_codes[places] == codes
