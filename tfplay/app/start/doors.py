"""The ways on from the start page."""

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.visitor import my_runs
from tfplay.app.lesson import Subject
from tfplay.app.run_panel.view import model_links
from tfplay.app.tour import lesson_doors

USES = (
    (
        pages.TRANSLATE,
        "Translate",
        ":material/translate:",
        "Write English, read Hindi, and see which of your words each new word looked at.",
    ),
    (
        pages.CHAT,
        "Chat",
        ":material/chat:",
        "Tell it your name, or make one up; talk of something else; then ask for it.",
    ),
    (
        pages.UNDERSTAND,
        "Understand",
        ":material/psychology:",
        "Is a review positive? Which words are names? Which digit did you draw?",
    ),
)


def begin_here(subject: Subject) -> None:
    """The card for those who are new: the lessons, and the way alone, page by page.

    Args:
        subject: The model and the sentence that go along.
    """
    with st.container(border=True, key="begin here", height="stretch"):
        st.markdown("#### Begin here")
        st.markdown(
            "A guided tour over the pages, on one sentence: at each stop one thing to see, one to "
            "press, and a guess before the model answers."
        )
        lesson_doors()
        st.page_link(
            pages.TOKENS,
            label="Go alone, with your own sentence",
            icon=":material/arrow_forward:",
            query_params={"run": subject.model.id, "text": subject.text},
        )


def uses() -> None:
    """What can be done with the models that came along, a line each."""
    for page, label, icon, text in USES:
        with st.container(horizontal=True, gap=None, vertical_alignment="center"):
            st.page_link(page, label=f"**{label}**", icon=icon, width=150)
            st.caption(text, width="stretch")


def own_model() -> None:
    """The visitor's newest model, or the way to the first."""
    runs = my_runs()
    usable = [run for run in runs if run.is_usable]
    if usable:
        st.markdown("#### Your newest model")
        st.text(usable[0].title)
        model_links(usable[0].model)
        st.page_link(pages.RUNS, label=f"**All {len(runs)} runs**")
        return
    with st.container(horizontal=True, gap=None, vertical_alignment="center"):
        query = {"run": runs[0].id} if runs else None
        st.page_link(
            pages.TRAIN,
            label="**See how it does**" if runs else "**Train**",
            icon=":material/model_training:",
            query_params=query,
            width=150,
        )
        st.caption(
            "Your first model is not ready yet."
            if runs
            else "Bring a text, or take a sample, and watch the loss fall. A small model takes "
            "about a minute.",
            width="stretch",
        )
