"""The snapshot that the page's address has opened, if any: there to look at, not to change."""

from typing import NamedTuple

import streamlit as st

from tfplay.sharing import Snapshot
from tfplay.store import Model

_OPENED, _CHOICES = "opened snapshot", "choices made"


class OpenedSnapshot(NamedTuple):
    """A snapshot, and its model as it ended."""

    snapshot: Snapshot
    model: Model


def opened_snapshot() -> OpenedSnapshot | None:
    """The snapshot that the visitor looks at; `None` on all other pages."""
    return st.session_state.get(_OPENED)


def set_opened_snapshot(opened: OpenedSnapshot | None) -> None:
    """Says at which snapshot the visitor looks in this run of the page."""
    st.session_state[_OPENED] = opened


def note_choice(name: str, value: str) -> None:
    """Notes what a widget says, also what the address leaves out: defaults and long texts.

    Args:
        name: The parameter by which an address has it.
        value: What it would say there.
    """
    st.session_state.setdefault(_CHOICES, {})[name] = value


def choices_made() -> dict[str, str]:
    """What was noted since the page was begun, by the parameters' names."""
    return dict(st.session_state.get(_CHOICES, {}))


def forget_choices() -> None:
    """The page is begun anew, perhaps another."""
    st.session_state[_CHOICES] = {}
