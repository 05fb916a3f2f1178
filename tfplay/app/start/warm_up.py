"""TensorFlow takes seconds to start: it begins as soon as the first page is painted."""

from threading import Event, Thread

import streamlit as st

from tfplay.app.frame.layout import fragment
from tfplay.app.model.model_code import import_model_code

_SOON = 0.5  # seconds
_IS_PAINTED = "start is painted"

_is_begun = Event()  # for all visitors


def warm_up() -> None:
    """Has the model code loaded in the background, a moment after this run of the page."""
    if not _is_begun.is_set():
        st.session_state[_IS_PAINTED] = False
        fragment(_wait_and_begin, run_every=_SOON)()


def _wait_and_begin() -> None:
    if not st.session_state[_IS_PAINTED]:
        st.session_state[_IS_PAINTED] = True
    elif not _is_begun.is_set():  # the fragment's own clock struck
        _is_begun.set()
        Thread(target=import_model_code, name="model code").start()
    else:
        st.rerun()  # without the clock
