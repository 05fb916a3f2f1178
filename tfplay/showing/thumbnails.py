"""All heads of all layers as small pictures, for the component that draws them."""

from base64 import b64encode
from typing import Any

import numpy as np

from tfplay.figures import deepest_score

LARGEST = 64
"""Pixels on a side; of more tokens a pixel shows the largest score of its neighbourhood."""


def thumbnail_data(attention_scores: np.ndarray) -> dict[str, Any]:
    """What the component needs, but which head is framed.

    Each picture is coloured from 0 to its own `figures.deepest_score`.

    Args:
        attention_scores: (layers, H, T, S).

    Example:
        >>> thumbnail_data(scores)["heads"]
        3
    """
    small = shrunk(attention_scores)
    deepest = deepest_score(attention_scores)[..., None, None]
    pixels = np.round(255 * np.minimum(small / np.maximum(deepest, 1e-12), 1)).astype("uint8")
    layers, heads, height, width = pixels.shape
    return {
        "layers": layers,
        "heads": heads,
        "height": height,
        "width": width,
        "pixels": b64encode(pixels.tobytes()).decode(),
        "notes": [
            [f"at most {float(most):.0%}" for most in row] for row in small.max(axis=(-2, -1))
        ],
    }


def shrunk(attention_scores: np.ndarray) -> np.ndarray:
    """The largest score of each block of neighbours, so that at most 64 x 64 remain."""
    for axis in (-2, -1):  # rows first: whole rows are quick to compare
        length = attention_scores.shape[axis]
        starts = np.arange(0, length, -(-length // LARGEST))
        attention_scores = np.maximum.reduceat(attention_scores, starts, axis=axis)
    return attention_scores
