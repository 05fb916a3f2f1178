"""The part of TFPlay that needs Keras, loaded when a page first asks for it."""

import gc

import streamlit as st


def import_model_code() -> None:
    """Imports Keras and the models, and hides what came with them from the garbage collector.

    After each run of a page Streamlit has Keras forget its state, which is everybody's, and collect
    all garbage. That was four fifths of the work for a page, and nothing was drawn meanwhile.
    """
    import keras

    keras.backend.clear_session = lambda: None  # as Streamlit finds it; Keras has another name
    import tfplay.models  # noqa: F401 - to have them loaded

    gc.collect()
    gc.freeze()


load_model_code = st.cache_resource(show_spinner="Starting TensorFlow …")(import_model_code)
"""The same for a page: once, and said so."""
