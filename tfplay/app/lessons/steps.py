"""The steps of a lesson while they are written: one is open at a time."""

import streamlit as st

from tfplay.app.frame.navigation import page_named
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.visible import shown
from tfplay.app.lessons.fields import change_lesson, field, step_setting, text_field
from tfplay.app.lessons.lists import way_in
from tfplay.app.lessons.question import question_editor
from tfplay.errors import InputError
from tfplay.lessons import Draft, Lesson, StepDraft, read_link
from tfplay.lessons.lesson import LONGEST_WORDS, MOST_STEPS

LONGEST_LINK = 4000  # characters
_DELETED = "deleted step"


def step_editor(lesson_id: str, draft: Draft, lesson: Lesson | None) -> None:
    """The steps by their numbers, and the chosen one's fields.

    Args:
        lesson_id: Of one of the visitor's.
        draft: What is written of it.
        lesson: The same if it is whole.
    """
    if draft.steps:
        numbers = range(1, len(draft.steps) + 1)
        number = choose_one("Step", numbers, 1, _chosen_key(lesson_id), draw=st.pills, link="at")
    with st.container(horizontal=True):
        st.button(
            "Add a step",
            icon=":material/add:",
            disabled=len(draft.steps) >= MOST_STEPS,
            on_click=_add,
            args=(lesson_id, len(draft.steps) + 1),
        )
        _undo(lesson_id)
    if draft.steps:
        with st.container(border=True):
            _step(lesson_id, draft.steps[number - 1], number)
            _ways(lesson_id, draft, number, lesson)


def _step(lesson_id: str, step: StepDraft, number: int) -> None:
    def text(label: str, name: str, longest: int = LONGEST_WORDS, **looks) -> None:
        kept, change = getattr(step, name), step_setting(step, name)
        text_field(label, lesson_id, f"{name} of {step.id}", kept, change, longest, **looks)

    text(
        *("Link of the view", "link", LONGEST_LINK),
        placeholder="attention?run=text&layer=2&head=4",
        help="On the page that pupils should see, set everything as they should see it, press "
        "“Copy link”, and paste the link here.",
    )
    if step.link:
        _view(step.link)
    text("Words: what there is to see", "words", draw=st.text_area, height=100)
    text("Press: what to do there", "press", placeholder="Choose another head.")
    text(
        *("Mark: name of the control that is framed", "mark"),
        placeholder="Head",
        help="As it stands on the page; the step scrolls to it and frames it.",
    )
    is_asking = field(
        *(st.toggle, "Ask for a guess first", lesson_id, f"asking of {step.id}", step.is_asking),
        step_setting(step, "is_asking"),
    )
    if is_asking:
        question_editor(lesson_id, step)


def _view(link: str) -> None:
    """The way to the view, or what is wrong with its link."""
    try:
        view = read_link(link)
    except InputError as error:
        st.error(shown(str(error)), icon=":material/link_off:")
        return
    page = page_named(view.page)
    st.page_link(page, label="See the view", icon=":material/visibility:", query_params=view.query)


def _ways(lesson_id: str, draft: Draft, number: int, lesson: Lesson | None) -> None:
    """Where the step can be moved, how it looks to pupils, and away with it."""
    step = draft.steps[number - 1]
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, icon, by in (("Earlier", "arrow_upward", -1), ("Later", "arrow_downward", 1)):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=not 1 <= number + by <= len(draft.steps),
                on_click=_move,
                args=(lesson_id, step.id, number, by),
            )
        if lesson:
            way_in(lesson_id, lesson, number, "Preview this step")
        st.button(
            "Delete this step",
            icon=":material/delete:",
            type="tertiary",
            on_click=_delete,
            args=(lesson_id, step, number),
        )


def _chosen_key(lesson_id: str) -> str:
    return f"step of lesson {lesson_id}"


def _add(lesson_id: str, number: int) -> None:
    change_lesson(lesson_id, Draft.add_step)
    st.session_state[_chosen_key(lesson_id)] = number


def _move(lesson_id: str, step_id: str, number: int, by: int) -> None:
    change_lesson(lesson_id, lambda draft: draft.move_step(step_id, by))
    st.session_state[_chosen_key(lesson_id)] = number + by


def _delete(lesson_id: str, step: StepDraft, number: int) -> None:
    change_lesson(lesson_id, lambda draft: draft.steps.remove(draft.step(step.id)))
    st.session_state[_chosen_key(lesson_id)] = max(1, number - 1)
    st.session_state[_DELETED] = lesson_id, step, number


def _undo(lesson_id: str) -> None:
    """Offers the step back that was deleted last."""
    deleted_from, step, number = st.session_state.get(_DELETED, (None, None, 0))
    if deleted_from == lesson_id:
        st.button(
            f"Undo: step {number} was deleted",
            icon=":material/undo:",
            on_click=_bring_back,
            args=(lesson_id, step, number),
        )


def _bring_back(lesson_id: str, step: StepDraft, number: int) -> None:
    change_lesson(lesson_id, lambda draft: draft.steps.insert(number - 1, step))
    st.session_state[_chosen_key(lesson_id)] = number
    del st.session_state[_DELETED]
