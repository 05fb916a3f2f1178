"""A pad to draw on, with a mouse, a finger or the keyboard."""

from typing import Any

import numpy as np

from tfplay.app.widgets.component import load_shared_component, run_again
from tfplay.tasks.images.frame import Frame


def draw(size: int, frame: Frame, key: str, begun: np.ndarray | None = None) -> np.ndarray:
    """Lets the visitor draw a picture, which is moved and scaled into the frame.

    Args:
        size: Pixels on each side of the picture.
        frame: What is filled of it.
        key: Tells several drawings apart.
        begun: (size, size), the picture until something is drawn; `None`, or one of another shape,
            is nothing.

    Returns:
        (size, size), from 0 (black) to 1; all 0 where nothing is drawn.
    """
    component = load_shared_component("drawing")
    first = np.zeros((size, size), "float32")
    if begun is not None and begun.shape == first.shape:
        first = begun
    data = {"size": size, "frame": frame._asdict(), "pixels": first.ravel().tolist()}
    answer = component(key=key, data=data, on_pixels_change=run_again)
    return _read(answer.get("pixels"), first)


def _read(sent: Any, first: np.ndarray) -> np.ndarray:
    """The picture that the browser sends, which may be anything; `first` if it is none."""
    try:
        pixels = np.array(sent, dtype="float64")
    except (TypeError, ValueError):
        return first
    if pixels.size != first.size or not np.isfinite(pixels).all():
        return first
    return np.clip(pixels.reshape(first.shape), 0, 1).astype("float32")
