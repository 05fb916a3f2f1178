"""A grid of pixels to draw on, with a mouse, a finger or the keyboard."""

import numpy as np

from tfplay.app.widgets.component import load_shared_component, run_again


def draw(size: int, key: str, begun: np.ndarray | None = None) -> np.ndarray:
    """Lets the visitor draw a picture.

    Args:
        size: Pixels on each side.
        key: Tells several drawings apart.
        begun: (size, size), what stands there at first; `None` or of another shape is nothing.

    Returns:
        (size, size), from 0 (black) to 1; all 0 where nothing is drawn.
    """
    component = load_shared_component("drawing")
    first = np.zeros((size, size), "float32")
    if begun is not None and begun.shape == first.shape:
        first = begun
    data = {"size": size, "pixels": first.ravel().tolist()}
    answer = component(key=key, data=data, on_pixels_change=run_again)
    pixels = np.array(answer.get("pixels") or first, dtype="float32")
    return np.clip(pixels.reshape(size, size), 0, 1)
