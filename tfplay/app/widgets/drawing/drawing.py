"""A grid of pixels to draw on, with a mouse, a finger or the keyboard."""

import numpy as np

from tfplay.app.widgets.component import load_shared_component, run_again


def draw(size: int, key: str) -> np.ndarray:
    """Lets the visitor draw a picture.

    Args:
        size: Pixels on each side.
        key: Tells several drawings apart.

    Returns:
        (size, size), from 0 (black) to 1; all 0 before anything is drawn.
    """
    component = load_shared_component("drawing")
    answer = component(key=key, data={"size": size}, on_pixels_change=run_again)
    pixels = np.array(answer.get("pixels") or np.zeros(size * size), dtype="float32")
    return np.clip(pixels.reshape(size, size), 0, 1)
