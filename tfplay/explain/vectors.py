"""The vectors that a model learned for tokens and positions, and their main directions."""

from typing import NamedTuple

import keras
import numpy as np


class MainAxes(NamedTuple):
    """The directions in which vectors differ most: their principal components."""

    center: np.ndarray
    """(E,): the mean of the vectors."""
    axes: np.ndarray
    """(components, E), orthonormal, the one with the largest variance first."""

    def project(self, vectors: np.ndarray) -> np.ndarray:
        """Vectors (N, E) seen along the axes: (N, components)."""
        return (vectors - self.center) @ self.axes.T

    def share_of_variance(self, vectors: np.ndarray) -> float:
        """How much of the vectors' (N, E) own variance the axes show, from 0 to 1."""
        own = vectors - vectors.mean(axis=0)
        return float(((own @ self.axes.T) ** 2).sum() / max((own**2).sum(), 1e-30))


def main_axes(vectors: np.ndarray, components: int = 2) -> MainAxes:
    """Principal component analysis (Pearson, 1901) by the singular value decomposition.

    Args:
        vectors: (N, E).
        components: How many axes.

    Example:
        >>> axes = main_axes(token_vectors(model))
        >>> points = axes.project(token_vectors(model))  # (V, 2)
    """
    center = vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(vectors - center, full_matrices=False)
    return MainAxes(center, axes[:components])


def token_vectors(model: keras.Model) -> np.ndarray:
    """The embedding matrix (V, E)."""
    return keras.ops.convert_to_numpy(model.token_embeddings)


def position_vectors(model: keras.Model) -> np.ndarray | None:
    """The learned position embeddings (context, E); `None` if positions are not learned."""
    if model.config.position != "learned":
        return None
    return keras.ops.convert_to_numpy(model.embeddings.position.position_embeddings)
