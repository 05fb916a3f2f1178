import streamlit as st

from tfplay.app import TASK_VIEWS, linked_task, page_header
from tfplay.app.understand import VIEWS

page_header(
    "Understand",
    "An encoder reads a whole text from both sides at once: to judge it, to find the names in it, "
    "to fill in a word, to point at an answer. Cut into patches, a picture is read the same way.",
)

linked = linked_task()
task = st.segmented_control(
    "What to do",
    list(VIEWS),
    default=linked if linked in VIEWS else next(iter(VIEWS)),
    required=True,
    format_func=lambda name: TASK_VIEWS[name].title,
    key="understand",
    on_change=st.query_params.clear,  # it is of a model of another task
)
VIEWS[task]()
