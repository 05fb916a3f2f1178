"""Widgets that come back as they were left."""

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
