"""A lesson that is taken in a class: the pupil's seat, and answers that the teacher reveals."""

import streamlit as st

from tfplay.app.frame.layout import fragment
from tfplay.app.frame.visible import shown
from tfplay.app.frame.visitor import visitor
from tfplay.classroom import Seat, revealed_guesses, seat_of
from tfplay.store.digest import digest

SECONDS_BETWEEN_LOOKS = 3.0


def me() -> str:
    """As whom a class knows the visitor."""
    return digest(visitor())


def seat_in(lesson: str) -> Seat | None:
    """The visitor's place in a class that takes this lesson, if any.

    Args:
        lesson: The lesson's name.
    """
    seat = seat_of(me())
    return seat if seat and seat.classroom.lesson == lesson else None


def wait_for_answer(lesson: str, step: int, guess: str) -> None:
    """Says that the guess is taken, and has the page run again once the teacher reveals the answer.

    Args:
        lesson: The lesson's name.
        step: The step's number.
        guess: What the pupil guessed.
    """

    def look() -> None:
        seat = seat_in(lesson)
        if seat is None or seat.may_see_answer(step):
            st.rerun()
        st.markdown(
            f"Your guess “{shown(guess)}” is taken. The answer comes when your teacher reveals it."
        )

    fragment(look, SECONDS_BETWEEN_LOOKS)()


def guesses_of_class(step: int) -> str:
    """How the class guessed, in a sentence; empty before the teacher has revealed it."""
    counts = revealed_guesses(me(), step).most_common()
    if not counts:
        return ""
    told = ", ".join(f"“{shown(choice)}” {count}" for choice, count in counts)
    return f" Guesses in your class: {told}."
