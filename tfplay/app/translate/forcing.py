"""Tokens that the visitor made the model write instead of its own."""

from collections.abc import Hashable

import streamlit as st

_KEY = "forced beginnings"


def beginnings(subject: Hashable) -> list[tuple[int, ...]]:
    """What the translation was made to begin with, the latest last.

    Args:
        subject: Whose translation it is; under another nothing was forced.
    """
    of, begun = st.session_state.get(_KEY, (None, []))
    return begun if of == subject else []


def force(subject: Hashable, begun: tuple[int, ...]) -> None:
    """From now on the translation begins with these tokens."""
    st.session_state[_KEY] = subject, [*beginnings(subject), begun]


def take_back(subject: Hashable) -> None:
    """Undoes the last `force`."""
    st.session_state[_KEY] = subject, beginnings(subject)[:-1]


def forget() -> None:
    """Undoes all."""
    st.session_state.pop(_KEY, None)
