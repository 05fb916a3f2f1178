"""The X-ray of a picture's class: which patches are looked at, and what each does for it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import choose_one
from tfplay.app.understand.xray import choose_answer, choose_attention
from tfplay.app.widgets.picture import picture

CLS = "[CLS]"


def picture_xray(
    pixels: np.ndarray,
    attention: np.ndarray,
    labels: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    is_read_at_cls: bool,
    key: str,
) -> None:
    """Attention over the picture, and beside it what each patch does for a class.

    Args:
        pixels: (height, width), from 0 (black) to 1.
        attention: (layers, H, 1 + patches, 1 + patches); [CLS] first.
        labels: Names of the classes.
        before: (classes,) their probabilities.
        after: (rows, columns, classes) the same with each patch black.
        is_read_at_cls: Whether the class is read from [CLS] alone.
        key: Tells the controls of several models apart.
    """
    with st.container(horizontal=True, gap="medium"):
        scores = choose_attention(attention, key)  # (1 + patches, 1 + patches)
    left, right = st.columns(2, gap="large")
    with left:
        read_at = CLS if is_read_at_cls else None
        _attention(pixels, scores, after.shape[:2], read_at, f"{key} patch attention")
    with right:
        _changes(pixels, labels, before, after, f"{key} patch changes")


def _attention(
    pixels: np.ndarray, scores: np.ndarray, grid: tuple[int, int], read_at: str | None, key: str
) -> None:
    st.markdown("##### Where it looked")
    patches = [f"row {row + 1}, column {column + 1}" for row, column in np.ndindex(grid)]
    lookers = [CLS, *patches]
    looker_key = f"{key} looks"
    looker = choose_one("Looking from", lookers, CLS, looker_key, st.selectbox)

    def look_from(patch: int) -> None:
        st.session_state[looker_key] = patches[patch]

    shares = scores[lookers.index(looker)]
    picture(
        pixels,
        f"{key} picture",
        "The attention to each patch",
        values=shares[1:].reshape(grid),
        chosen=None if looker == CLS else patches.index(looker),
        on_choose=look_from,
    )
    is_usual = "; the answer is read from there" if looker == read_at else ""
    st.caption(
        f"How much of its attention {plain(looker)} gives to each patch{is_usual}. It gives "
        f"{shares[0]:.1%} to {plain(CLS)}, which has no place in the picture. Choose a patch to "
        "look from there."
    )


def _changes(
    pixels: np.ndarray, labels: Sequence[str], before: np.ndarray, after: np.ndarray, key: str
) -> None:
    st.markdown("##### Without one patch")
    number = choose_answer(tuple(labels), before, key)
    changes = after[..., number] - before[number]
    label = "What is changed when each patch is black"
    picture(pixels, f"{key} picture", label, values=changes, is_change=True)
    st.caption(
        f"The model was asked again {changes.size} times, each time with one patch black. Blue: "
        f"with it black “{plain(labels[number])}” is less likely, so the patch speaks for it. "
        "Orange: more likely. Black patches have nothing to take away."
    )
