"""What the attention of heads looks like in numbers: how spread, how far, how alike."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.explain.trace import trace_arrays
from tfplay.models import Trace

MOST_COMPARED_ROWS = 256
"""Rows of attention by which two heads are compared: thousands would take seconds."""


class Patterns(NamedTuple):
    """One kind of attention of all layers and heads on a batch."""

    attention_scores: np.ndarray
    """(layers, B, H, T, S); rows sum to 1 over the tokens that may be looked at."""
    allowed: np.ndarray
    """(B, T, S) boolean: a real token may attend to a real token."""

    @property
    def has_choice(self) -> np.ndarray:
        """(B, T): whether a token may look at more than one; otherwise its only score is 1."""
        return self.allowed.sum(axis=-1) > 1


class HeadMeasures(NamedTuple):
    """Means by layer and head, over all tokens that may look at more than one."""

    entropy: np.ndarray
    """(layers, H) in bits: 0 for all attention on one token, log2 n for even attention to n."""
    entropy_share: np.ndarray
    """(layers, H): the entropy as a share of log2 n, from 0 to 1."""
    distance: np.ndarray
    """(layers, H) in tokens: the mean distance from a position to the tokens it looks at."""
    even_distance: float
    """The mean distance, in tokens, if attention were spread evenly."""


def attention_patterns(model: keras.Model, inputs: dict[str, Any]) -> dict[str, Patterns]:
    """Every kind of attention that the model has, on one batch.

    Args:
        model: Any of the three architectures.
        inputs: The model's inputs, (B, T) each.

    Returns:
        The patterns by kind: `"encoder"`, `"cross"` and `"decoder"`, as far as the model has them.
    """
    trace = trace_arrays(model, inputs)
    real = _real_tokens(trace, inputs)
    patterns = {}
    if trace.encoder is not None:
        allowed = real["encoder"][:, :, None] & real["encoder"][:, None, :]
        patterns["encoder"] = Patterns(trace.encoder.attention_scores(), allowed)
    if trace.decoder is not None:
        if trace.encoder is not None:
            allowed = real["decoder"][:, :, None] & real["encoder"][:, None, :]
            patterns["cross"] = Patterns(trace.decoder.attention_scores("cross_attention"), allowed)
        allowed = real["decoder"][:, :, None] & real["decoder"][:, None, :]
        if model.config.use_causal_mask:
            allowed = np.tril(allowed)
        patterns["decoder"] = Patterns(trace.decoder.attention_scores(), allowed)
    return patterns


def _real_tokens(trace: Trace, inputs: dict[str, Any]) -> dict[str, np.ndarray]:
    """(B, T) for each stack: which tokens are no padding."""
    real = {}
    for name, stack in trace.stacks.items():
        mask = inputs.get(f"{name}_padding_mask" if len(trace.stacks) > 1 else "padding_mask")
        shape = stack.embeddings.shape[:2]
        real[name] = np.ones(shape, bool) if mask is None else np.asarray(mask, bool)
    return real


def measure_heads(batches: Iterable[Patterns]) -> HeadMeasures:
    """Entropy -sum_s p_s log2 p_s and mean distance sum_s p_s |t - s| of every head.

    Args:
        batches: The same kind of attention on some batches, at least one.

    Example:
        >>> measure_heads([attention_patterns(model, inputs)["decoder"]]).entropy  # (layers, H)
    """
    rows, spread, share, distance, even_distance = 0, 0.0, 0.0, 0.0, 0.0
    for scores, allowed in batches:
        choices = allowed.sum(axis=-1)
        weights = (choices > 1).astype("float64")
        apart = np.abs(np.subtract.outer(np.arange(scores.shape[-2]), np.arange(scores.shape[-1])))
        bits = entropy(scores)
        rows += weights.sum()
        spread += np.einsum("lbht,bt->lh", bits, weights)
        share += np.einsum("lbht,bt->lh", bits, weights / np.log2(np.maximum(choices, 2)))
        distance += np.einsum("lbhts,ts,bt->lh", scores, apart, weights, optimize=True)
        even = allowed / np.maximum(choices, 1)[..., None]
        even_distance += np.einsum("bts,ts,bt->", even, apart, weights, optimize=True)
    return HeadMeasures(spread / rows, share / rows, distance / rows, float(even_distance / rows))


def entropy(probabilities: np.ndarray) -> np.ndarray:
    """How spread probabilities are over the last axis, in bits; 0 log 0 is 0."""
    logarithms = np.log2(np.where(probabilities > 0, probabilities, 1))
    return -(probabilities * logarithms).sum(axis=-1)


def pattern_similarity(patterns: Patterns) -> np.ndarray:
    """How alike heads attend: 1 minus the mean Jensen-Shannon divergence of their rows.

    JSD(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2, in bits: 0 for equal rows, 1 for rows that share
    no token (Lin, 1991, IEEE Transactions on Information Theory 37).

    Returns:
        (layers H, layers H), from 0 to 1, all heads of the first layer first. At most 256 rows,
        evenly chosen among those with a choice, are compared.
    """
    examples, positions = np.nonzero(patterns.has_choice)
    stride = -(-len(examples) // MOST_COMPARED_ROWS)
    examples, positions = examples[::stride], positions[::stride]
    rows = patterns.attention_scores[:, examples, :, positions]  # (N, layers, H, S)
    rows = rows.reshape(len(examples), -1, rows.shape[-1]).astype("float64")
    own = entropy(rows)  # (N, heads)
    similarity = np.empty((rows.shape[1], rows.shape[1]))
    for head in range(rows.shape[1]):
        mixed = entropy((rows + rows[:, [head]]) / 2)
        similarity[head] = 1 - (mixed - (own + own[:, [head]]) / 2).mean(axis=0)
    return similarity


def output_overlap(model: keras.Model, kind: str) -> np.ndarray:
    """How far the heads write into the same directions of the residual stream.

    ||Q_g^T Q_h||^2 / D, where the columns of Q_h are an orthonormal basis of what head h can write,
    the rows of its part (D, E) of W_O: the mean squared cosine of the principal angles between the
    two subspaces (Björck and Golub, 1973). Random subspaces have D / E.

    Args:
        model: Any of the three architectures.
        kind: `"encoder"`, `"cross"` or `"decoder"`.

    Returns:
        (layers H, layers H), from 0 (orthogonal) to 1 (the same), in the order of
        `pattern_similarity`.
    """
    bases = []
    for block in model.stacks["encoder" if kind == "encoder" else "decoder"].blocks:
        attention = block.cross_attention if kind == "cross" else block.self_attention
        kernel = keras.ops.convert_to_numpy(attention.output_dense.kernel)  # (H D, E)
        for part in kernel.reshape(attention.num_heads, attention.head_dim, -1):
            bases.append(np.linalg.qr(part.T)[0])  # (E, D)
    width = min(bases[0].shape)
    products = np.einsum("ged,hef->ghdf", np.stack(bases), np.stack(bases), optimize=True)
    return (products**2).sum(axis=(-1, -2)) / width


def pair_means(similarity: np.ndarray, num_heads: int) -> tuple[float, float]:
    """Means over pairs of different heads.

    Args:
        similarity: (layers H, layers H), all heads of the first layer first.
        num_heads: H.

    Returns:
        Over the pairs within a layer, and over those across layers; not a number without any.
    """
    layer = np.arange(len(similarity)) // num_heads
    same_layer = layer[:, None] == layer[None, :]
    within = similarity[same_layer & ~np.eye(len(similarity), dtype=bool)]
    across = similarity[~same_layer]
    return tuple(float(pairs.mean()) if pairs.size else float("nan") for pairs in (within, across))
