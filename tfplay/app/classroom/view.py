"""What the visitor is in a class: its teacher, a pupil, or somebody at its door."""

import streamlit as st

from tfplay.app.classroom.joining import join_form, seat_view
from tfplay.app.classroom.opening import open_form
from tfplay.app.classroom.teaching import teacher_view
from tfplay.app.classroom.words import CLASS, day_of, lesson_title
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown
from tfplay.app.tour.in_class import me
from tfplay.classroom import Classroom, classes_of, find_class, seat_of, spoken_code


def classroom_view() -> None:
    """The class of the address, or the ways into one."""
    mine = {each.id: each for each in classes_of(me())}
    asked = st.query_params.get(CLASS)
    if asked in mine:
        teacher_view(mine[asked])
        return
    asked_class = None
    if asked is not None:
        with errors_shown(then_stop=False):
            asked_class = find_class(asked)
    seat = seat_of(me())
    if seat and asked_class in (None, seat.classroom):
        seat_view(seat)
        return
    if asked_class:
        join_form(asked_class)
        return
    if mine:
        _doors(list(mine.values()))
    join, teach = st.columns(2, gap="large")
    with join, st.container(border=True):
        join_form(None)
    with teach, st.container(border=True):
        open_form()


def _doors(mine: list[Classroom]) -> None:
    """The way to each class of the teacher's."""
    st.markdown("#### Your classes")
    for each in mine:
        label = f"**{lesson_title(each)}** · {spoken_code(each.code)} · until {day_of(each)}"
        query = {CLASS: each.id}
        st.page_link(pages.CLASSROOM, label=label, icon=":material/groups:", query_params=query)
