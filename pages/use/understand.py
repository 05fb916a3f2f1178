import streamlit as st

from tfplay.app.frame.layout import controls, page_header
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.state import choose_one
from tfplay.app.model.choosing import linked_task
from tfplay.app.sharing import share
from tfplay.app.understand import VIEWS
from tfplay.tasks import TASKS

page_header(
    "Understand",
    "An encoder reads a whole text from both sides at once: to judge it, to find the names in it, "
    "to fill in a word, to point at an answer. Cut into patches, a picture is read the same way.",
)


def choose_task() -> str:
    """What to do: in a snapshot that of its model, otherwise as the visitor chooses."""
    linked = linked_task()
    if opened_snapshot():
        return linked
    tasks = list(VIEWS)
    if linked in VIEWS:
        st.session_state["understand"] = linked
    with controls("task"):
        return choose_one(
            *("What to do", tasks, tasks[0], "understand"),
            link="task",
            format_func=lambda name: TASKS[name].about.title,
            on_change=st.query_params.clear,  # it is of a model of another task
            label_visibility="collapsed",
        )


VIEWS[choose_task()]()
share("answer")
