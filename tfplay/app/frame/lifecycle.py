"""What the server does besides answering pages: it looks after trainings, and tells of errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from tfplay import jobs
from tfplay.app.frame.layout import plain
from tfplay.errors import InputError


@asynccontextmanager
async def trainings_go_on(app: Any) -> AsyncIterator[dict[str, Any]]:
    """As long as the server runs, what waits or trains is looked after; `st.App` takes it."""
    with jobs.looked_after():
        yield {}


def told_in_a_sentence(error: Exception) -> bool:
    """Shows an error that no part of a page has shown; `st.App` takes it.

    Returns:
        Whether it is shown; Streamlit shows the others, with their traceback.
    """
    if isinstance(error, InputError):
        sentence = str(error)
    elif isinstance(error, OSError) and error.filename and error.strerror:
        sentence = f"{error.filename} cannot be used: {error.strerror}."
    else:
        return False
    st.error(plain(sentence), icon=":material/error:")
    return True
