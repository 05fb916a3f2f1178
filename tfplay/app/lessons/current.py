"""Which lesson the visitor writes, and which they have deleted."""

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.visible import shown
from tfplay.app.frame.visitor import visitor
from tfplay.lessons import Draft, OwnLessons

_EDITED, _DELETED = "edited lesson", "deleted lessons"


def my_lessons() -> OwnLessons:
    """The visitor's own lessons."""
    return OwnLessons(visitor())


def edited_id() -> str:
    """The lesson that is being written, as the address says; empty if none is."""
    begin_linked("edit", _EDITED, "", str)
    return keep_linked("edit", _EDITED, "")


def edit(lesson_id: str) -> None:
    """Goes to a lesson in the next run of the page; empty is back to all."""
    st.session_state[_EDITED] = lesson_id


def add_and_edit(draft: Draft) -> None:
    """Keeps a new lesson, and goes to it."""
    with errors_shown(then_stop=False):
        edit(my_lessons().add(draft))


def delete(lesson_id: str) -> None:
    """Deletes a lesson; `deleted_lessons` offers to bring it back."""
    with errors_shown(then_stop=False):
        draft = my_lessons().open(lesson_id)
        my_lessons().delete(lesson_id)
        st.session_state.setdefault(_DELETED, {})[lesson_id] = draft
        edit("")


def deleted_lessons() -> None:
    """What the visitor has deleted, to be brought back."""
    for lesson_id, draft in st.session_state.get(_DELETED, {}).items():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"{shown_title(draft)} was deleted.")
            st.button(
                "Undo",
                icon=":material/undo:",
                key=f"bring back {lesson_id}",
                on_click=_bring_back,
                args=(lesson_id, draft),
            )


def shown_title(draft: Draft) -> str:
    """A lesson's title as Markdown that shows it letter by letter."""
    return shown(draft.title) or "A lesson without a title"


def _bring_back(lesson_id: str, draft: Draft) -> None:
    with errors_shown(then_stop=False):
        my_lessons().bring_back(lesson_id, draft)
        del st.session_state[_DELETED][lesson_id]
