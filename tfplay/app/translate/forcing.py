"""Tokens that the visitor made the model write instead of its own."""

from collections.abc import Hashable

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.state import whole_number

_KEY = "forced beginnings"
_NONE = (None, [])


def beginnings(subject: Hashable, vocabulary_size: int) -> list[tuple[int, ...]]:
    """What the translation was made to begin with, the latest last; the address has that one.

    Args:
        subject: Whose translation it is; under another nothing was forced.
        vocabulary_size: The ids below it are tokens.
    """

    def read(text: str) -> tuple[Hashable, list[tuple[int, ...]]]:
        begun = tuple(map(whole_number, text.split("-")))
        if max(begun) >= vocabulary_size:
            raise ValueError(text)
        return subject, [begun]

    def write(forced: tuple[Hashable, list[tuple[int, ...]]]) -> str | None:
        of, begun = forced
        return "-".join(map(str, begun[-1])) if of == subject and begun else None

    begin_linked("begun", _KEY, _NONE, read)
    of, begun = keep_linked("begun", _KEY, _NONE, write)
    return begun if of == subject else []


def force(subject: Hashable, begun: tuple[int, ...]) -> None:
    """From now on the translation begins with these tokens."""
    of, earlier = st.session_state.get(_KEY, _NONE)
    st.session_state[_KEY] = subject, [*(earlier if of == subject else []), begun]


def take_back(subject: Hashable) -> None:
    """Undoes the last `force`."""
    of, begun = st.session_state.get(_KEY, _NONE)
    st.session_state[_KEY] = (subject, begun[:-1]) if of == subject else _NONE


def forget() -> None:
    """Undoes all."""
    st.session_state[_KEY] = _NONE
