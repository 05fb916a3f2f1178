"""The snapshot that the page's address has opened, if any: there to look at, not to change."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay.sharing import Snapshot
from tfplay.store import Model

_OPENED, _CHOICES = "opened snapshot", "choices made"
_PICTURE, _TAKEN = "picture read", "picture taken from a snapshot"


class OpenedSnapshot(NamedTuple):
    """A snapshot, and its models as they ended."""

    snapshot: Snapshot
    model: Model | None
    """`None` if what is seen is frozen."""
    other: Model | None
    """A second model, which the first is compared with."""


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


def note_picture(pixels: np.ndarray) -> None:
    """Notes the picture that the page's model reads.

    Args:
        pixels: (height, width) or (height, width, channels), from 0 to 1.
    """
    st.session_state[_PICTURE] = pixels


def picture_read() -> np.ndarray | None:
    """What was noted since the page was begun; `None` where no picture is read."""
    return st.session_state.get(_PICTURE)


def take_picture(pixels: np.ndarray | None) -> None:
    """Has the visitor go on with the picture of a snapshot, until they bring or draw another."""
    st.session_state[_TAKEN] = pixels


def taken_picture() -> np.ndarray | None:
    """The picture of the snapshot that the visitor made theirs, if any."""
    return st.session_state.get(_TAKEN)


def forget_choices() -> None:
    """The page is begun anew, perhaps another."""
    st.session_state[_CHOICES] = {}
    st.session_state.pop(_PICTURE, None)
