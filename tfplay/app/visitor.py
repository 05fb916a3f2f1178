"""Who is looking: everybody sees all runs that they have a link to, and controls their own."""

import re
import secrets
from typing import Any

import streamlit as st

from tfplay.app.components import load_component
from tfplay.store import Run, list_runs

_NAME = "tfplay_visitor"  # of the cookie, as the component has it
_SECRET = re.compile(r"[\w-]{22,64}", re.ASCII)


def visitor() -> str:
    """The visitor's secret: a random word that this browser keeps, and sends when it comes back."""
    if "visitor" not in st.session_state:
        kept = st.context.cookies.get(_NAME)
        st.session_state["visitor"] = kept if _is_secret(kept) else secrets.token_urlsafe()
    return st.session_state["visitor"]


def remember_visitor() -> None:
    """Has the browser keep the secret for a year; call it once on each page."""
    if st.context.cookies.get(_NAME) != visitor():
        component = load_component("visitor")
        component(key=_NAME, data={"secret": visitor()}, on_secret_change=_take_kept_secret)


def is_mine(run: Run) -> bool:
    """Whether the visitor may stop, name and delete the run: it is theirs, or nobody's."""
    return not run.is_shipped and run.owner in (None, visitor())


def my_runs() -> list[Run]:
    """The visitor's own runs and those of the command line, newest first."""
    return [run for run in list_runs() if is_mine(run)]


def _take_kept_secret() -> None:
    """Another tab, opened at the same moment, was the first to have its secret kept."""
    kept = st.session_state[_NAME].get("secret")
    if _is_secret(kept):
        st.session_state["visitor"] = kept


def _is_secret(kept: Any) -> bool:
    """Whether it is like one of ours: a browser sends what it likes."""
    return isinstance(kept, str) and _SECRET.fullmatch(kept) is not None
