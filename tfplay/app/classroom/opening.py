"""A teacher opens a class."""

import streamlit as st

from tfplay.app.classroom.words import CLASS
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.visitor import visitor
from tfplay.app.tour.in_class import me
from tfplay.classroom import LOCKS, MOST_DAYS, USUAL_DAYS, open_class
from tfplay.lessons import OwnLessons, list_lessons, open_lesson


def open_form() -> None:
    """Asks what a class needs, opens it, and shows it."""
    names = [*list_lessons(), *(each.id for each in OwnLessons(visitor()).list() if each.is_ready)]
    titles = {name: open_lesson(name).title for name in names}
    st.markdown("#### Open a class")
    with st.form("open a class", border=False), errors_shown(then_stop=False):
        lesson = st.selectbox("Lesson", names, format_func=titles.get)
        together = st.toggle(
            "Reveal answers together",
            True,
            help="Pupils see an answer when you reveal it; otherwise each after their own guess.",
        )
        locked = st.pills(
            "Locked for pupils", list(LOCKS), selection_mode="multi", format_func=LOCKS.get
        )
        days = st.number_input("Days until all of it is deleted", 1, MOST_DAYS, USUAL_DAYS)
        if st.form_submit_button("Open the class", type="primary", icon=":material/groups:"):
            opened = open_class(me(), lesson, locked, together, days)
            st.query_params[CLASS] = opened.id
            st.rerun()
