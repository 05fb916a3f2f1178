"""All heads of all layers side by side, each to be opened by a click."""

from base64 import b64encode
from collections.abc import Callable

import numpy as np
import streamlit as st

from tfplay.app.widgets.component import load_component

LARGEST = 64
"""Pixels on a side; of more tokens a pixel shows the largest score of its neighbourhood."""


def head_thumbnails(
    attention_scores: np.ndarray,
    selected: tuple[int, int] | None,
    key: str,
    on_choose: Callable[[int, int], None],
) -> None:
    """A small picture of each head, coloured from 0 to its own largest score.

    Args:
        attention_scores: (layers, H, T, S).
        selected: Layer and head, counted from 0, that is framed.
        key: Tells several of them apart.
        on_choose: Called with the layer and the head that was clicked, before the page runs again.
    """
    small = shrunk(attention_scores)
    largest = small.max(axis=(-2, -1), keepdims=True)
    pixels = np.round(255 * small / np.maximum(largest, 1e-12)).astype("uint8")
    layers, heads, height, width = pixels.shape
    data = {
        "layers": layers,
        "heads": heads,
        "height": height,
        "width": width,
        "pixels": b64encode(pixels.tobytes()).decode(),
        "notes": [[f"at most {float(most):.0%}" for most in row] for row in largest[..., 0, 0]],
        "selected": selected,
    }

    def choose() -> None:
        if chosen := st.session_state[key].get("chosen"):
            on_choose(*map(int, chosen))

    load_component(__file__)(key=key, data=data, on_chosen_change=choose)


def shrunk(attention_scores: np.ndarray) -> np.ndarray:
    """The largest score of each block of neighbours, so that at most 64 x 64 remain."""
    for axis in (-2, -1):  # rows first: whole rows are quick to compare
        length = attention_scores.shape[axis]
        starts = np.arange(0, length, -(-length // LARGEST))
        attention_scores = np.maximum.reduceat(attention_scores, starts, axis=axis)
    return attention_scores
