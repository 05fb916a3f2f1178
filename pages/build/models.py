import streamlit as st

from tfplay.app.frame.layout import page_header
from tfplay.app.models.adding import add_view
from tfplay.app.models.choosing import choose_any_model
from tfplay.app.models.controls import deleted_models
from tfplay.app.models.fetching import fetch_view
from tfplay.app.models.view import model_view
from tfplay.app.models.work import tell_of_arrival

page_header(
    "Models",
    "Everything that is here to look into and to use: what you trained, what came with TFPlay, and "
    "what others published. Choose one to see what it is made of and where it can be used.",
)

tell_of_arrival()
deleted_models()
here, published, own = st.tabs(["Here", "Fetch a published model", "Add your own"])
with here:
    if model := choose_any_model():
        model_view(model)
with published:
    fetch_view()
with own:
    add_view()
