"""One of the visitor's lessons while it is written."""

import json
import re
from functools import partial
from urllib.parse import urljoin

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.visible import shown
from tfplay.app.lessons.current import delete, edit, my_lessons
from tfplay.app.lessons.fields import Change, field, text_field
from tfplay.app.lessons.steps import step_editor
from tfplay.app.model.loading import load_trained
from tfplay.app.widgets.live_typing import send_while_typing
from tfplay.errors import InputError
from tfplay.lessons import Draft, Lesson, checked_answer
from tfplay.lessons.lesson import LONGEST_TITLE, LONGEST_WORDS, MOST_MINUTES


def lesson_editor(lesson_id: str) -> None:
    """The lesson's fields, its steps, and what can be done with it as a whole."""
    st.button("All lessons", icon=":material/arrow_back:", on_click=edit, args=("",))
    draft = my_lessons().open(lesson_id)
    lesson = _whole(draft)
    _fields(lesson_id, draft)
    step_editor(lesson_id, draft, lesson)
    st.divider()
    _actions(lesson_id, lesson)
    send_while_typing()


def _whole(draft: Draft) -> Lesson | None:
    """The lesson, if nothing is missing; what is, is told."""
    try:
        lesson = draft.lesson()
    except InputError as error:
        st.info(
            f"**Still to do** · {shown(str(error))}  \nEverything you type is kept; "
            "pupils see this version once it is whole.",
            icon=":material/edit_note:",
        )
        return None
    st.success(
        "Ready: whoever has the link takes the lesson as it stands here.",
        icon=":material/check_circle:",
    )
    return lesson


def _fields(lesson_id: str, draft: Draft) -> None:
    left, right = st.columns([4, 1])
    with left:
        text_field(
            *("Title", lesson_id, "title", draft.title, _setting("title"), LONGEST_TITLE),
        )
    with right:
        field(
            *(st.number_input, "Minutes", lesson_id, "minutes", draft.minutes),
            _setting("minutes"),
            min_value=1,
            max_value=MOST_MINUTES,
        )
    text_field(
        *("About: what one learns", lesson_id, "about", draft.about, _setting("about")),
        LONGEST_WORDS,
    )


def _setting(name: str) -> Change:
    return lambda draft, value: setattr(draft, name, value)


def _actions(lesson_id: str, lesson: Lesson | None) -> None:
    """What can be done with the whole lesson."""
    with st.container(horizontal=True):
        with st.popover("Link for pupils", icon=":material/link:", disabled=lesson is None):
            st.caption("Whoever has this link takes the lesson; only you can change it.")
            address = urljoin(st.context.url or "", f"./?lesson={lesson_id}")
            st.code(address, language=None, wrap_lines=True)
        st.download_button(
            "Export",
            partial(_file, lesson),
            f"{_stem(lesson)}.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
            disabled=lesson is None,
        )
        wants_check = st.button(
            "Compute all answers", icon=":material/calculate:", disabled=lesson is None
        )
        st.button(
            "Delete the lesson",
            icon=":material/delete:",
            type="tertiary",
            on_click=delete,
            args=(lesson_id,),
        )
    if wants_check and lesson:
        with errors_shown(then_stop=False):
            _check(lesson)


def _check(lesson: Lesson) -> None:
    """Has every question answered, one after the other."""
    asking = [(number, each.question) for number, each in enumerate(lesson.steps, 1)]
    asking = [(number, question) for number, question in asking if question]
    if not asking:
        st.info("No step asks a question.")
        return
    progress, answers = st.progress(0.0), []
    for done, (number, question) in enumerate(asking):
        progress.progress(done / len(asking), f"Step {number}: the model answers …")
        try:
            answer = checked_answer(question, load_trained)
        except InputError as error:
            progress.empty()
            raise InputError(f"Step {number}: {error}") from error
        answers.append(f"Step {number}: **{shown(answer)}**")
    progress.empty()
    st.success(f"Each answer is among its choices. {' · '.join(answers)}")


def _file(lesson: Lesson) -> str:
    return json.dumps(lesson.to_json(), ensure_ascii=False, indent=1)


def _stem(lesson: Lesson | None) -> str:
    return re.sub(r"\W+", "-", lesson.title if lesson else "").strip("-") or "lesson"
