"""What enters the first block, part by part; and which tokens have vectors alike."""

from typing import NamedTuple

import keras
import numpy as np

from tfplay.explain.vectors import main_axes


class InputParts(NamedTuple):
    """What is added to become the input of the first block; `None` for what a model lacks."""

    token: np.ndarray
    """(T, E): rows of the embedding matrix."""
    segment: np.ndarray | None
    """(T, E)."""
    position: np.ndarray | None
    """(T, E); rotary positions add nothing here."""

    @property
    def total(self) -> np.ndarray:
        """(T, E): their sum."""
        return sum(part for part in self if part is not None)


def input_parts(
    model: keras.Model, token_ids: np.ndarray, segment_ids: np.ndarray | None = None
) -> InputParts:
    """Token, segment and position vectors of one sequence.

    Args:
        model: One that reads tokens.
        token_ids: (T,).
        segment_ids: (T,); `None` is all 0.

    Example:
        >>> input_parts(model, token_ids[0]).total  # what enters the first block, unless normalised
    """
    layer = model.embeddings
    token = layer.token_embedding(token_ids[None])
    segment = position = None
    if layer.segment_embedding is not None:
        ids = np.zeros_like(token_ids) if segment_ids is None else segment_ids
        segment = keras.ops.convert_to_numpy(layer.segment_embedding(ids[None]))[0]
    if layer.position is not None:
        position = keras.ops.convert_to_numpy(layer.position(token))
    return InputParts(keras.ops.convert_to_numpy(token)[0], segment, position)


def token_map(vectors: np.ndarray, method: str, dimensions: int) -> np.ndarray:
    """Vectors (N, E) as points in two or three dimensions: (N, dimensions).

    Args:
        vectors: At least four.
        method: `"pca"`, their main axes, on which distances along other axes are lost; or
            `"tsne"` (van der Maaten and Hinton, 2008), which keeps neighbours by cosine together,
            while the distances between groups mean little. The same vectors give the same points.
        dimensions: 2 or 3.
    """
    if method == "pca":
        return main_axes(vectors, dimensions).project(vectors)
    from sklearn.manifold import TSNE

    perplexity = min(30.0, (len(vectors) - 1) / 3)
    learner = TSNE(dimensions, perplexity=perplexity, metric="cosine", init="pca", random_state=0)
    return learner.fit_transform(vectors)
