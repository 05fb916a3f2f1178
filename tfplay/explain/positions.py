"""Position vectors and rotations: how alike they are by distance, and a model without them."""

from dataclasses import replace

import keras
import numpy as np

from tfplay.layers.position import SinusoidalPosition
from tfplay.models import TransformerModel, build_model


def sinusoidal_positions(length: int, hidden_dim: int) -> np.ndarray:
    """PE(p, 2i) = sin(p / 10000^(2i/E)), PE(p, 2i+1) = cos(...): (length, E)."""
    positions = SinusoidalPosition()(np.zeros((1, length, hidden_dim), dtype="float32"))
    return keras.ops.convert_to_numpy(positions)


def rotary_angles(length: int, head_dim: int, max_wavelength: float = 10_000.0) -> np.ndarray:
    """The angle by which each pair of values is turned: (length, D / 2), in radians."""
    frequencies = max_wavelength ** -(np.arange(0, head_dim, 2) / head_dim)
    return np.outer(np.arange(length), frequencies)


def rotary_similarity(angles: np.ndarray) -> np.ndarray:
    """Cosine of a vector of equal values and itself, turned as at each distance: (length,).

    A query and a key that are the same vector with equal parts in every pair have the product
    sum_i cos(distance x frequency_i), whatever their positions are.
    """
    return np.cos(angles).mean(axis=-1)


def cosine_matrix(vectors: np.ndarray, others: np.ndarray | None = None) -> np.ndarray:
    """Cosines between vectors (N, E) and others (M, E), or themselves: (N, M)."""
    others = vectors if others is None else others
    lengths = np.outer(np.linalg.norm(vectors, axis=-1), np.linalg.norm(others, axis=-1))
    return vectors @ others.T / np.maximum(lengths, 1e-30)


def similarity_by_distance(vectors: np.ndarray) -> np.ndarray:
    """Mean cosine of all pairs of positions at each distance: (positions,), 1 at distance 0."""
    cosines = cosine_matrix(vectors)
    return np.array([np.diagonal(cosines, distance).mean() for distance in range(len(vectors))])


def without_positions(model: TransformerModel) -> TransformerModel:
    """A copy with the same weights in which nothing tells where a token stands.

    Learned and sinusoidal positions are no longer added, rotary ones no longer turn. A causal mask
    stays, and tells a decoder how many tokens stand before each.

    Example:
        >>> copy = without_positions(model)  # of an encoder: the order no longer matters
    """
    copy = build_model(replace(model.config, position="none"))
    weights = {weight.path: weight for weight in model.weights}
    for weight in copy.weights:
        weight.assign(weights[weight.path])
    return copy
