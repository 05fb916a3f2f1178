"""Two columns of tokens with lines between them: who attends to whom, and how much."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from tfplay.app.widgets.component import load_shared_component, run_again

LEAST = 0.005
"""Scores below this are not drawn."""


def token_lines(
    left: Sequence[str],
    right: Sequence[str],
    scores: np.ndarray,
    key: str,
    titles: tuple[str, str] = ("is looked at", "looks"),
    locked: int | None = None,
) -> int | None:
    """Lines from each token on the right to those on the left that it looks at.

    The stronger the attention, the thicker and darker the line. The pointer or the keyboard's focus
    on a token shows its lines alone, with their numbers; a click on the right locks it.

    Args:
        left: The S tokens that are looked at.
        right: The T tokens that attend.
        scores: (T, S), from 0 to 1.
        key: Tells several of them apart; what was clicked is forgotten under a new key.
        titles: What stands above the two columns.
        locked: Which token on the right is locked before any is clicked.

    Returns:
        The position on the right that is locked; `None` if none is.
    """
    locked = st.session_state.get(key, {}).get("locked", locked)
    data = {"left": left, "right": right, "titles": titles, "locked": locked}
    links = [[[int(s), float(row[s])] for s in np.flatnonzero(row >= LEAST)] for row in scores]
    component = load_shared_component("token_lines")
    answer = component(
        key=key,
        data=data | {"links": links},
        default={"locked": locked},
        on_locked_change=run_again,
    )
    return answer["locked"]
