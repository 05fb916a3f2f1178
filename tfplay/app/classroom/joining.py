"""A pupil joins a class, goes on with its lesson, and leaves."""

import streamlit as st

from tfplay.app.classroom.words import CLASS, day_of, lesson_of, lesson_title, place_in
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.visible import shown
from tfplay.app.tour.in_class import me
from tfplay.app.tour.place import go_to
from tfplay.classroom import (
    LOCKS,
    LONGEST_NICKNAME,
    Classroom,
    Seat,
    find_class_by_code,
    join_class,
    leave_class,
)

_LONGEST_CODE = 20  # characters


def join_form(classroom: Classroom | None) -> None:
    """Asks for a nickname, and where no link names the class for its code; begins its lesson.

    Args:
        classroom: The link's class, or `None`.
    """
    st.markdown(f"#### Join “{lesson_title(classroom)}”" if classroom else "#### Join a class")
    with st.form("join a class", border=False), errors_shown(then_stop=False):
        code = ""
        if classroom is None:
            code = st.text_input("Code", max_chars=_LONGEST_CODE, placeholder="As in ACD 379")
        nickname = st.text_input("Nickname", max_chars=LONGEST_NICKNAME)
        st.caption(
            "Your teacher sees your nickname, your step and your guesses; nothing else about you "
            "is kept, and all of it is deleted with the class."
        )
        if st.form_submit_button("Join", type="primary", icon=":material/login:"):
            joined = classroom or find_class_by_code(code, me())
            join_class(joined.id, me(), nickname)
            go_to(place_in(joined, 1))


def seat_view(seat: Seat) -> None:
    """Where the pupil is, the way on, and the way out."""
    classroom = seat.classroom
    st.markdown(f"#### {lesson_title(classroom)}")
    st.markdown(f"You are **{shown(seat.nickname)}** here. The class ends on {day_of(classroom)}.")
    if classroom.locked:
        st.caption(f"Locked in it: {', '.join(LOCKS[each] for each in sorted(classroom.locked))}.")
    with errors_shown(then_stop=False):
        _way_on(seat)
    if st.button("Leave the class", help="Your nickname and guesses are deleted."):
        leave_class(me())
        st.query_params.pop(CLASS, None)
        st.rerun()


def _way_on(seat: Seat) -> None:
    """To where the pupil is in the lesson, or to its beginning."""
    count = len(lesson_of(seat.classroom).steps)
    if seat.step > count:
        st.success("You have come to the end of the lesson.", icon=":material/check:")
    number = seat.step if 1 <= seat.step <= count else 1
    label = f"Go on at step {number} of {count}" if number > 1 else "Begin the lesson"
    if st.button(label, type="primary", icon=":material/arrow_forward:"):
        go_to(place_in(seat.classroom, number))
