"""A word's vector, static at first and shaped by its context layer by layer."""

from collections.abc import Sequence

import numpy as np

from tfplay.explain.positions import cosine_matrix
from tfplay.models import StackTrace


def layer_names(num_layers: int) -> list[str]:
    """Names of the layers of `layer_vectors`."""
    return ["token", "input", *(f"block {layer + 1}" for layer in range(num_layers))]


def layer_vectors(
    stack: StackTrace, token_vectors: np.ndarray, positions: Sequence[int], example: int = 0
) -> np.ndarray:
    """A word's vector before the first block and after each: (layers + 2, E).

    Args:
        stack: One stack of blocks of a trace, as NumPy arrays.
        token_vectors: The rows of the embedding matrix of the example's tokens (T, E): the static
            vectors, the first layer.
        positions: Positions of the word's tokens; their vectors are averaged.
        example: Index of the example in the batch.
    """
    layers = [token_vectors, *stack.residual_levels()[:, example]]
    return np.stack([layer[list(positions)].mean(axis=0) for layer in layers])


def cosines_by_layer(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Mean cosine of every pair of two groups, at each layer: (layers,).

    Args:
        first: (N, layers, E).
        second: (M, layers, E). Pairs of a vector with itself are left out if it is the same array.
    """
    means = []
    for layer in range(first.shape[1]):
        cosines = cosine_matrix(first[:, layer], second[:, layer])
        if second is first:
            cosines = cosines[~np.eye(len(cosines), dtype=bool)]
        means.append(cosines.mean())
    return np.array(means)
