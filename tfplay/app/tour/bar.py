"""The bar of a lesson, at the lower edge of every page."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.visible import shown
from tfplay.app.tour.answer import answer_to
from tfplay.app.tour.in_class import guesses_of_class, seat_in, wait_for_answer
from tfplay.app.tour.place import (
    Place,
    current_place,
    go_to,
    guess,
    guessed,
    leave_lesson,
    stay_at,
)
from tfplay.app.widgets.mark import mark_control
from tfplay.lessons import Question


def lesson_bar(page: StreamlitPage) -> None:
    """Shows the step of the lesson that the visitor takes, if any.

    Args:
        page: The page that is about to be run.
    """
    if opened_snapshot() or st.context.is_embedded:
        return
    if place := current_place():
        stay_at(place)
        is_there = page.url_path == pages.url_path_of(place.page)
        with st.container(key="lesson", horizontal=True, gap="small"):
            with st.container(key="lesson words", gap=None):
                _body(place, is_there)
            with st.container(key="lesson ways", horizontal=True, gap="small"):
                _ways(place)


def _body(place: Place, is_there: bool) -> None:
    """What there is to see, to guess and to do."""
    step = place.step
    press = f" **{shown(step.press)}**" if step.press else ""
    st.markdown(shown(step.words) + press)
    if not is_there:
        if st.button("Back to this step", key="lesson show", icon=":material/arrow_forward:"):
            go_to(place)
        return
    if step.question:
        with errors_shown(then_stop=False):
            _ask(place, step.question)
    if step.mark:
        mark_control(step.mark, f"{place.name} {place.number}")


def _ways(place: Place) -> None:
    """Which step it is, and the ways to the step before, to the next, and out of the lesson."""
    count = len(place.lesson.steps)
    is_last = place.number == count
    st.caption(f"**{shown(place.lesson.title)}** · {place.number} of {count}", width="stretch")
    if st.button("Back", key="lesson back", disabled=place.number == 1):
        go_to(place._replace(number=place.number - 1))
    if st.button("Done" if is_last else "Next", key="lesson next", type="primary"):
        if not is_last:
            go_to(place._replace(number=place.number + 1))
        leave_lesson(is_done=True)
        st.switch_page(pages.START)
    if st.button("Leave", key="lesson end", help="You can go on later: Start keeps your place."):
        leave_lesson()
        st.rerun()


def _ask(place: Place, question: Question) -> None:
    """The question with its choices; after the guess the answer, which is computed only then."""
    made = guessed(place)
    if made is None:
        with st.container(
            key="lesson guess", horizontal=True, gap="small", vertical_alignment="center"
        ):
            st.markdown(f"*{shown(question.asks)}*", width="content")
            for number, choice in enumerate(question.choices):
                key = f"guess {place.name} {place.number} {number}"
                st.button(shown(choice), key=key, on_click=guess, args=(place, choice))
        return
    seat = seat_in(place.name)
    if seat and not seat.may_see_answer(place.number):
        wait_for_answer(place.name, place.number, made)
        return
    answer = answer_to(question)
    verdict = "Right" if answer == made else f"You guessed “{shown(made)}”"
    st.markdown(
        f"*{shown(question.asks)}* {verdict}: it is **{shown(answer)}**. "
        + shown(question.feedback)
        + guesses_of_class(place.number)
    )
