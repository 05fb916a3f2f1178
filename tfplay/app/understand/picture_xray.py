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
    is_read_at_first: bool,
    key: str,
) -> None:
    """Attention over the picture, and beside it what each patch does for a class.

    Args:
        pixels: (height, width), from 0 (black) to 1.
        attention: (layers, H, tokens, tokens) of the patches, [CLS] before them if there is one.
        labels: Names of the classes.
        before: (classes,) their probabilities.
        after: (rows, columns, classes) the same with each patch black.
        is_read_at_first: Whether the class is read from the first of them alone.
        key: Tells the controls of several models apart.
    """
    with st.container(horizontal=True, gap="medium"):
        scores = choose_attention(attention, key)  # (tokens, tokens)
    left, right = st.columns(2, gap="large")
    with left:
        _attention(pixels, scores, after.shape[:2], is_read_at_first, f"{key} patch attention")
    with right:
        _changes(pixels, labels, before, after, f"{key} patch changes")


def _attention(
    pixels: np.ndarray, scores: np.ndarray, grid: tuple[int, int], is_read_at_first: bool, key: str
) -> None:
    st.markdown("##### Where it looked")
    patches = [f"row {row + 1}, column {column + 1}" for row, column in np.ndindex(grid)]
    lookers = [CLS, *patches][-len(scores) :]  # not every model has [CLS]
    looker_key = f"{key} looks"
    looker = choose_one("Looking from", lookers, lookers[0], looker_key, st.selectbox, "from")

    def look_from(patch: int) -> None:
        st.session_state[looker_key] = patches[patch]

    shares = scores[lookers.index(looker)]
    picture(
        pixels,
        f"{key} picture",
        "The attention to each patch",
        values=shares[-len(patches) :].reshape(grid),
        chosen=patches.index(looker) if looker in patches else None,
        on_choose=look_from,
    )
    is_usual = is_read_at_first and looker == lookers[0]
    read = "; the answer is read from there" if is_usual else ""
    to_cls = f"It gives {shares[0]:.1%} to {plain(CLS)}, which has no place in the picture. "
    st.caption(
        f"How much of its attention {plain(looker)} gives to each patch{read}. "
        f"{to_cls if CLS in lookers else ''}Choose a patch to look from there."
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
