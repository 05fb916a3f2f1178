"""A grid of pixels to draw on, with a mouse, a finger or the keyboard."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

_STATIC = Path(__file__).with_name("static")


def draw(size: int, key: str) -> np.ndarray:
    """Lets the visitor draw a picture.

    Args:
        size: Pixels on each side.
        key: Tells several drawings apart.

    Returns:
        (size, size), from 0 (black) to 1; all 0 before anything is drawn.
    """
    answer = _component()(key=key, data={"size": size}, on_pixels_change=_nothing)
    pixels = np.array(answer.get("pixels") or np.zeros(size * size), dtype="float32")
    return np.clip(pixels.reshape(size, size), 0, 1)


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "drawing",
        html='<canvas width="256" height="256" tabindex="0" role="img"></canvas>'
        '<button type="button">Clear</button>',
        css=(_STATIC / "drawing.css").read_text(encoding="utf-8"),
        js=(_STATIC / "drawing.js").read_text(encoding="utf-8"),
    )


def _nothing() -> None:
    """The page runs again by itself."""
