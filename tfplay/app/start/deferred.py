"""What needs a model, drawn after the page is there: importing TensorFlow takes seconds."""

import sys
from collections.abc import Callable

import streamlit as st

from tfplay.app.frame.layout import fragment
from tfplay.app.model.model_code import load_model_code

_SOON = 0.5  # seconds
_IS_PAINTED = "deferred is painted"


def deferred(draw: Callable[[], None], title: str) -> None:
    """Draws at once if the model code is loaded; else a moment after the page was painted.

    Args:
        draw: Draws what needs a model; it is a fragment.
        title: What is about to come, for those who wait.
    """
    is_loaded = hasattr(sys.modules.get("tfplay.models"), "__all__")  # to its last line
    st.session_state[_IS_PAINTED] = False
    fragment(_draw_or_wait, run_every=None if is_loaded else _SOON)(draw, title, is_loaded)


def _draw_or_wait(draw: Callable[[], None], title: str, is_loaded: bool) -> None:
    if is_loaded:
        draw()
    elif st.session_state[_IS_PAINTED]:  # the fragment's own clock struck
        load_model_code()
        st.rerun()  # without the clock
    else:
        st.session_state[_IS_PAINTED] = True
        st.caption(f"{title} is drawn as soon as TensorFlow has started.")
