"""Where the visitor is in a lesson: in the address, in the session, and kept for another day."""

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, NoReturn

import streamlit as st

from tfplay.app.frame.address import expect_address
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.navigation import page_named
from tfplay.app.frame.plain import plain
from tfplay.app.frame.state import whole_number
from tfplay.app.frame.visitor import visitor
from tfplay.app.tour.in_class import me, seat_in
from tfplay.classroom import note_guess, note_step
from tfplay.cutting import cut_text
from tfplay.errors import InputError
from tfplay.lessons import (
    Lesson,
    Progress,
    Step,
    keep_progress,
    kept_progress,
    open_lesson,
    read_link,
)
from tfplay.lessons.links import LESSON, LESSON_STEP

_PLACE, _PROGRESS = "place in a lesson", "progress in lessons"


class Place(NamedTuple):
    """A step of a lesson."""

    name: str
    """The lesson's, as the address has it."""
    number: int
    """The step's, from 1."""
    lesson: Lesson

    @property
    def step(self) -> Step:
        """The step."""
        return self.lesson.steps[self.number - 1]

    @property
    def query(self) -> dict[str, str]:
        """What the address of the step's view says."""
        return read_link(self.step.link).query | self.own_query

    @property
    def own_query(self) -> dict[str, str]:
        """What the address of any page says while the visitor is here."""
        return {LESSON: self.name, LESSON_STEP: str(self.number)}

    @property
    def page(self) -> str:
        """The step's page, as a constant of `tfplay.app.frame.navigation`."""
        return page_named(read_link(self.step.link).page)


def current_place() -> Place | None:
    """Where the visitor is, as the address says, or else as on the page before.

    Says so where the address names a lesson that is not here, or a step that it has not.
    """
    name, wanted = st.query_params.get(LESSON), st.query_params.get(LESSON_STEP)
    if name is None:
        before = st.session_state.get(_PLACE)
        if before is None:
            return None
        name, wanted = before.name, str(before.number)
    try:
        first = Place(name, 1, open_lesson(name))
    except InputError as error:
        leave_lesson()
        _tell(str(error))
        return None
    return go_to(first) if wanted is None else _existing(first, wanted)


def _existing(first: Place, wanted: str) -> Place:
    """The step that the address says, or the first."""
    count = len(first.lesson.steps)
    with suppress(ValueError):
        if 1 <= (number := whole_number(wanted)) <= count:
            return first._replace(number=number)
    _tell(f"This lesson has {count} steps, and no “{cut_text(wanted, 20)}”: here is the first.")
    return first


def _tell(sentence: str) -> None:
    st.info(plain(sentence), icon=":material/link_off:")


def stay_at(place: Place) -> None:
    """Has address, session and file say where the visitor is."""
    st.session_state[_PLACE] = place
    for name, value in place.own_query.items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    if seat := seat_in(place.name):
        if seat.step != place.number:
            with suppress(InputError):  # as in `_keep`
                note_step(me(), place.number)
    elif progress_in(place.name).step != place.number:
        _keep(place.name, step=place.number)


def go_to(place: Place) -> NoReturn:
    """Opens the step's view."""
    expect_address()
    st.switch_page(place.page, query_params=place.query)


def leave_lesson(is_done: bool = False) -> None:
    """The visitor goes on without the lesson; where they were is kept."""
    place = st.session_state.pop(_PLACE, None)
    for name in (LESSON, LESSON_STEP):
        st.query_params.pop(name, None)
    if is_done and place:
        if seat_in(place.name):
            note_step(me(), len(place.lesson.steps) + 1)
        _keep(place.name, step=0, is_done=True)


def guess(place: Place, choice: str) -> None:
    """Keeps what the visitor guessed; in a class, as long as the class is there."""
    if seat := seat_in(place.name):
        before = seat.guesses.get(place.number)
        outdated = None if guessed(place) else before
        with errors_shown(then_stop=False):
            note_guess(me(), place.number, choice, outdated)
        return
    guesses = progress_in(place.name).guesses
    _keep(place.name, guesses=guesses | {str(place.number): choice})


def guessed(place: Place) -> str | None:
    """What the visitor guessed at this step, if it is among the choices."""
    question, seat = place.step.question, seat_in(place.name)
    if seat:
        made = seat.guesses.get(place.number)
    else:
        made = progress_in(place.name).guesses.get(str(place.number))
    return made if question and made in question.choices else None


def progress_in(name: str) -> Progress:
    """How far the visitor has come in a lesson."""
    return _all_progress().get(name, Progress())


def _all_progress() -> dict[str, Progress]:
    if _PROGRESS not in st.session_state:
        st.session_state[_PROGRESS] = kept_progress(visitor())
    return st.session_state[_PROGRESS]


def _keep(name: str, **changes: object) -> None:
    progress = _all_progress()
    progress[name] = replace(progress_in(name), **changes)
    with suppress(InputError):  # a disk that takes nothing is no reason to stop teaching
        keep_progress(visitor(), progress)
