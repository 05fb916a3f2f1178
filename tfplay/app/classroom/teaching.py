"""A teacher's view of a class, as it stands now."""

from collections import Counter

import streamlit as st

from tfplay import figures
from tfplay.app.classroom.words import CLASS, day_of, lesson_of, lesson_title
from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.frame.visible import shown
from tfplay.app.sharing.address import page_address
from tfplay.app.sharing.qr_code import show_qr_code
from tfplay.app.tour.answer import answer_to
from tfplay.app.tour.in_class import me
from tfplay.app.widgets.chart import show_chart
from tfplay.classroom import (
    LOCKS,
    Classroom,
    Pupil,
    end_class,
    pupils_of,
    remove_pupil,
    reveal,
    revealed_steps,
    spoken_code,
)
from tfplay.cutting import cut_text
from tfplay.lessons import Question, Step

SECONDS_BETWEEN_LOOKS = 2.0
REVEALED = ":material/visibility:"
_LONGEST_WORDS = 120  # characters


def teacher_view(classroom: Classroom) -> None:
    """How to join, and below it who is where and how they guessed, again and again.

    Args:
        classroom: One of the visitor's.
    """
    _invitation(classroom)
    fragment(_live, SECONDS_BETWEEN_LOOKS)(classroom)


def _invitation(classroom: Classroom) -> None:
    """The code, the link as text and as a picture, and the way to end the class."""
    address = page_address({CLASS: classroom.id})
    picture, words = st.columns([1, 4], vertical_alignment="center")
    with picture:
        show_qr_code(address, 150)
    with words:
        st.markdown(f"#### {lesson_title(classroom)}")
        st.metric("Code to type on Class", spoken_code(classroom.code))
        st.code(address, language=None, wrap_lines=True)
        told = f"All of it is deleted on {day_of(classroom)}, or when you end it."
        if classroom.locked:
            told += f" Locked: {', '.join(LOCKS[each] for each in sorted(classroom.locked))}."
        st.caption(told)
        with st.popover("End the class", icon=":material/delete:"):
            st.markdown("Nicknames and guesses are deleted at once.")
            if st.button("End it now", type="primary"):
                end_class(classroom.id, me())
                st.query_params.pop(CLASS, None)
                st.rerun()


def _live(classroom: Classroom) -> None:
    """The pupils at each step, and their guesses."""
    pupils, revealed = pupils_of(classroom.id, me()), revealed_steps(classroom.id)
    lesson = lesson_of(classroom)
    with st.container(horizontal=True, vertical_alignment="center"):
        done = sum(each.step > len(lesson.steps) for each in pupils)
        st.markdown(f"**{len(pupils)}** in the class, **{done}** at the end of the lesson.")
        if pupils:
            _removing(classroom, pupils)
    waiting = [each for each in pupils if each.step == 0]
    if waiting:
        st.markdown(f"Just joined: {_names(waiting)}")
    for number, step in enumerate(lesson.steps, start=1):
        with st.container(border=True, gap="small", key=f"class step {number}"):
            here = [each for each in pupils if each.step == number]
            _step_line(number, step, here)
            if step.question:
                _guesses(classroom, number, step.question, pupils, number in revealed)


def _step_line(number: int, step: Step, here: list[Pupil]) -> None:
    """What the step is, and who is there."""
    st.markdown(f"**{number}.** {shown(cut_text(step.words, _LONGEST_WORDS))}")
    if here:
        st.markdown(f":material/group: {len(here)}: {_names(here)}")


def _guesses(
    classroom: Classroom, number: int, question: Question, pupils: list[Pupil], is_revealed: bool
) -> None:
    """How the class guessed, with the answer once it is revealed."""
    counts = Counter(each.guesses[number] for each in pupils if number in each.guesses)
    st.markdown(f"*{shown(question.asks)}* {counts.total()} of {len(pupils)} have guessed.")
    answer = None
    if is_revealed:
        with errors_shown(then_stop=False):
            answer = answer_to(question)
    if counts:
        numbers = [counts[choice] for choice in question.choices]
        told = ", ".join(f"{choice}: {counts[choice]}" for choice in question.choices)
        chart = figures.votes(question.choices, numbers, answer)
        show_chart(chart, f"guesses {number}", f"Guesses: {told}")
    if answer is not None:
        st.markdown(f"{REVEALED} Revealed: **{shown(answer)}**")
    elif not is_revealed and st.button("Reveal", key=f"reveal {number}", icon=REVEALED):
        reveal(classroom.id, me(), number)
        st.rerun()


def _removing(classroom: Classroom, pupils: list[Pupil]) -> None:
    with st.popover("Remove a pupil"):
        for each in pupils:
            if st.button(shown(each.nickname), key=f"remove {each.id}", icon=":material/close:"):
                remove_pupil(classroom.id, me(), each.id)
                st.rerun()


def _names(pupils: list[Pupil]) -> str:
    return ", ".join(shown(each.nickname) for each in pupils)
