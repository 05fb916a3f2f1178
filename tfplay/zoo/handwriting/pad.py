"""What a pad makes of strokes: a small picture, centred and scaled as those of a training."""

from collections.abc import Sequence

import numpy as np

from tfplay.tasks.images.frame import Frame

FRAME = Frame()
SUBPIXELS = 4
"""On each side of a pixel: its grey is the share of them that has ink."""

PEN = 1 / 13
"""Radius of the pen, as a share of the picture."""


def drawn(
    strokes: Sequence[np.ndarray], size: int, frame: Frame = FRAME, thickness: float = 1.0
) -> np.ndarray:
    """The picture of strokes, as `pad.js` of the drawing component makes it.

    Args:
        strokes: Each (P, 2): x to the right, y down, in any unit.
        size: Pixels on each side of the picture.
        frame: What is filled of it; a drawing that is wider is squeezed.
        thickness: Of the pen, in times the usual.

    Returns:
        (size, size), from 0 (black) to 1.
    """
    pen = PEN * thickness
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = np.maximum(high - low, 1e-9)
    scale = (frame.height - 2 * pen) / max(extent[1], extent[0] / 2)  # a lying line stays thin
    squeezed = min(scale, (frame.width - 2 * pen) / extent[0])
    middle = (low + high) / 2
    fine = (np.arange(size * SUBPIXELS) + 0.5) / (size * SUBPIXELS)
    places = np.stack(np.meshgrid(fine, fine), axis=-1)
    nearest = np.full(places.shape[:2], np.inf)
    for stroke in strokes:
        line = (stroke - middle) * (squeezed, scale) + 0.5
        for start, end in zip(line[:-1], line[1:], strict=True):
            nearest = np.minimum(nearest, _distance(places, start, end))
    ink = nearest <= pen
    return ink.reshape(size, SUBPIXELS, size, SUBPIXELS).mean(axis=(1, 3)).astype("float32")


def _distance(places: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """From each place to the nearest point of a straight line."""
    way = end - start
    along = ((places - start) @ way) / max(way @ way, 1e-12)
    return np.linalg.norm(places - start - np.clip(along, 0, 1)[..., None] * way, axis=-1)
