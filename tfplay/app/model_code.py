"""The part of TFPlay that needs Keras, loaded when a page first asks for it."""

import gc

import streamlit as st


@st.cache_resource(show_spinner="Starting TensorFlow …")
def load_model_code() -> None:
    """Imports models and tasks, and hides what came with them from the garbage collector.

    Streamlit, and Keras at Streamlit's wish, collect all garbage after each run of a page, before
    it is drawn. To look through TensorFlow's objects took them half a second every time.
    """
    import tfplay.explain
    import tfplay.tasks  # noqa: F401 - to have them loaded

    gc.collect()
    gc.freeze()
