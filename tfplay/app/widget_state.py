"""Widgets that come back as they were left."""

from collections.abc import Sequence
from typing import Any

import streamlit as st


def begin_with(key: str, value: Any) -> str:
    """The key of a widget that is about to be shown, and has this value if it is new.

    Streamlit forgets a widget that a run of the page does not show: after a visit to another page
    it is new, and begins with what its page has kept. The value is set in every run: a browser
    that missed the first, because a click cut it short, would show the widget's own default.
    """
    st.session_state[key] = st.session_state.get(key, value)
    return key


def choose_one(label: str, options: Sequence[Any], default: Any, key: str) -> Any:
    """Buttons side by side, one of which is always chosen; a choice that is gone is forgotten."""
    if st.session_state.get(key, default) not in options:
        del st.session_state[key]
    return st.segmented_control(label, options, required=True, key=begin_with(key, default))
