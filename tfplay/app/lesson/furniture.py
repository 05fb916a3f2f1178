"""What every view of the Learn pages has: something to try, and where its numbers are from."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from tfplay.app.layout import plain
from tfplay.app.lesson.subject import Subject


def tries(choices: Mapping[str, Mapping[str, Any]]) -> None:
    """The row "what to try": buttons that set widgets, of this view or of another.

    Args:
        choices: By what the button says, unlike any other on the page: values by widgets' keys.

    Example:
        >>> tries({"Say it twice": {subject.text_key: "moon river moon river"}})
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Try", width="content")
        for label, values in choices.items():
            update = st.session_state.update
            if st.button(plain(label), key=f"try {label}", on_click=update, args=(dict(values),)):
                st.rerun()  # all of the page, also from within a fragment


def source_caption(subject: Subject, what: str) -> None:
    """Says from which model, step and sentence the numbers are.

    Args:
        subject: The model and its sentence; empty if that plays no part.
        what: What was computed, in Markdown.
    """
    model = f"**{plain(subject.run.title)}**"
    step = "" if subject.step is None else f" after step {subject.step:,}"
    source = " from the text above" if subject.text else ""
    st.caption(f"Computed by {model}{step}{source}: {what}")
