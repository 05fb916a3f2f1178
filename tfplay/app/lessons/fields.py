"""Fields of a lesson: what is typed is kept at once, so nothing is lost on the way elsewhere."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.state import begin_with
from tfplay.app.frame.text_box import text_box
from tfplay.app.lessons.current import my_lessons
from tfplay.lessons import Draft, StepDraft

Change = Callable[[Draft, Any], None]
"""Writes a value into a draft."""


def text_field(
    label: str,
    lesson_id: str,
    name: str,
    kept: str,
    change: Change,
    longest: int,
    draw: Callable[..., str] = st.text_input,
    **looks: Any,
) -> None:
    """A text of a lesson.

    Args:
        label: What is written.
        lesson_id: Of one of the visitor's.
        name: Tells the field from all others of the lesson.
        kept: What is written there so far.
        change: Writes it.
        longest: The most characters.
        draw: `st.text_input` or `st.text_area`.
        **looks: What else the widget takes.
    """
    key = begin_with(field_key(lesson_id, name), kept)
    text_box(label, key, longest, draw, on_change=_keep, args=(lesson_id, key, change), **looks)


def field(
    draw: Callable[..., Any],
    label: str,
    lesson_id: str,
    name: str,
    kept: Any,
    change: Change,
    **looks: Any,
) -> Any:
    """Any other value of a lesson, as `text_field`; returns it."""
    key = begin_with(field_key(lesson_id, name), kept)
    return draw(label, key=key, on_change=_keep, args=(lesson_id, key, change), **looks)


def field_key(lesson_id: str, name: str) -> str:
    """The key of a field's widget."""
    return f"{name} of lesson {lesson_id}"


def change_lesson(lesson_id: str, change: Callable[[Draft], None]) -> None:
    """Changes one of the visitor's lessons, or says why it cannot be."""
    with errors_shown(then_stop=False), my_lessons().change(lesson_id) as draft:
        change(draft)


def step_setting(step: StepDraft, name: str) -> Change:
    """Writes a field of a step, wherever it has been moved to meanwhile."""
    return lambda draft, value: setattr(draft.step(step.id), name, value)


def _keep(lesson_id: str, key: str, change: Change) -> None:
    value = st.session_state[key]
    if isinstance(value, str):
        value = value.strip()  # a pasted link often has a space at its end
    change_lesson(lesson_id, lambda draft: change(draft, value))
