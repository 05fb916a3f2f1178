"""A picture as the model reads it, with a colour over each of its patches."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from tfplay.app.widgets.component import load_shared_component

LEAST_FULL = 0.05
"""The least change that has the full colour: smaller ones look small even where all are."""


def picture(
    pixels: np.ndarray,
    key: str,
    label: str,
    *,
    values: np.ndarray | None = None,
    is_change: bool = False,
    chosen: int | None = None,
    on_choose: Callable[[int], None] | None = None,
) -> None:
    """Shows a grey picture, white on black; the pointer or the keyboard's focus tells its numbers.

    Args:
        pixels: (height, width), from 0 (black) to 1.
        key: Tells several of them apart.
        label: What it is, for those who cannot see it.
        values: (rows, columns), shares of 1: a colour over each patch, the stronger the larger.
        is_change: Whether the values add or take away, in two colours.
        chosen: The patch with a frame, counted row by row.
        on_choose: Called with the patch that is clicked before the page runs again.

    Example:
        >>> picture(np.eye(8), "eye", "A line", values=np.full((4, 4), 1 / 16))
    """

    def choose() -> None:
        on_choose(st.session_state[key]["chosen"])

    least = LEAST_FULL if is_change else 1e-6
    load_shared_component("picture")(
        key=key,
        data={
            "pixels": pixels.tolist(),
            "label": label,
            "values": None if values is None else values.tolist(),
            "full": None if values is None else float(np.abs(values).max(initial=least)),
            "isChange": is_change,
            "chosen": chosen,
            "canChoose": on_choose is not None,
        },
        on_chosen_change=choose,
    )
