"""All heads of all layers side by side, each to be opened by a click."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from tfplay.app.widgets.component import load_shared_component
from tfplay.showing.thumbnails import thumbnail_data


def head_thumbnails(
    attention_scores: np.ndarray,
    selected: tuple[int, int] | None,
    key: str,
    on_choose: Callable[[int, int], None],
) -> None:
    """A small picture of each head, coloured from 0 to its own `figures.deepest_score`.

    Args:
        attention_scores: (layers, H, T, S).
        selected: Layer and head, counted from 0, that is framed.
        key: Tells several of them apart.
        on_choose: Called with the layer and the head that was clicked, before the page runs again.
    """
    data = thumbnail_data(attention_scores) | {"selected": selected}

    def choose() -> None:
        if chosen := st.session_state[key].get("chosen"):
            on_choose(*map(int, chosen))

    load_shared_component("thumbnails")(key=key, data=data, on_chosen_change=choose)
