"""Induction heads: they look for what followed the same token before, and so copy it."""

from typing import NamedTuple

import keras
import numpy as np

from tfplay.explain.context import token_losses
from tfplay.explain.trace import trace_arrays

LONGEST_REPEATED = 25
"""Tokens in what is repeated, as in the paper; fewer where the context is short."""


class Induction(NamedTuple):
    """What the heads of a model do with random tokens that come twice."""

    prefix_matching: np.ndarray
    """(layers, H), from 0 to 1."""
    previous_token: np.ndarray
    """(layers, H), from 0 to 1."""
    first_loss: float
    """Mean cross-entropy in nats where the tokens come first: they are random."""
    second_loss: float
    """Mean cross-entropy in nats where the tokens come again: they can be copied."""


def repeated_tokens(
    ordinary_ids: np.ndarray, context: int, count: int = 16, seed: int = 0
) -> np.ndarray:
    """Random tokens, no two of them equal, and then the same once more.

    Args:
        ordinary_ids: Ids to draw from, best without those of special tokens.
        context: The most tokens that the model reads.
        count: How many sequences (B).
        seed: Draws them.

    Returns:
        (B, 2 L), with L at most 25.
    """
    length = min(LONGEST_REPEATED, context // 2, len(ordinary_ids))
    random = np.random.default_rng(seed)
    drawn = [random.choice(ordinary_ids, length, replace=False) for _ in range(count)]
    return np.tile(np.stack(drawn), 2).astype("int32")


def measure_induction(model: keras.Model, token_ids: np.ndarray) -> Induction:
    """Scores every head on tokens that come twice.

    Args:
        model: A decoder-only model that predicts the next token.
        token_ids: (B, 2 L), as `repeated_tokens` makes them.

    Example:
        >>> found = measure_induction(model, repeated_tokens(np.arange(8, 65), context=64))
        >>> found.prefix_matching.max()
    """
    scores = trace_arrays(model, {"token_ids": token_ids}).decoder.attention_scores()
    losses = token_losses(model, {"token_ids": token_ids[:, :-1]}, token_ids[:, 1:])
    length = token_ids.shape[1] // 2
    return Induction(
        np.stack([prefix_matching_score(each) for each in scores]),
        np.stack([previous_token_score(each) for each in scores]),
        float(losses[:, : length - 1].mean()),
        float(losses[:, length:].mean()),
    )


def prefix_matching_score(attention_scores: np.ndarray) -> np.ndarray:
    """How much of its attention a head gives to what followed the same token before.

    The mean, over the tokens that come for the second time, of the attention to the one token that
    stood after their first time (Olsson et al., 2022, arXiv:2209.11895, "prefix matching score").

    Args:
        attention_scores: (B, H, 2 L, 2 L) on tokens that come twice.

    Returns:
        (H,), from 0 to 1.
    """
    length = attention_scores.shape[-1] // 2
    stripe = np.diagonal(attention_scores, offset=1 - length, axis1=-2, axis2=-1)
    return stripe[..., 1:].mean(axis=(0, -1))  # without the last token's first time


def previous_token_score(attention_scores: np.ndarray) -> np.ndarray:
    """How much of its attention a head gives to the token just before.

    Induction heads are made of two: one that notes at each token which stood before it, and one in
    a later layer that looks for that note (Elhage et al., 2021, "A Mathematical Framework for
    Transformer Circuits").

    Args:
        attention_scores: (B, H, T, T).

    Returns:
        (H,), from 0 to 1; the first token, which has none before it, does not count.
    """
    stripe = np.diagonal(attention_scores, offset=-1, axis1=-2, axis2=-1)
    return stripe.mean(axis=(0, -1))
