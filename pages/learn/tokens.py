import streamlit as st

from tfplay.app.frame.layout import controls, errors_shown, page_header
from tfplay.app.lesson import choose_subject
from tfplay.app.tokens import VIEWS

page_header(
    "Tokens",
    "A model reads numbers, not letters. A **tokenizer** cuts text into pieces that it knows and "
    "replaces each by its number; the numbers are all that a model ever sees.",
)

subject = choose_subject()
names = list(VIEWS)
with controls("view"):
    view = st.segmented_control(
        *("View", names),
        default=names[0],
        key="view",
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
with errors_shown():
    VIEWS[view](subject)
