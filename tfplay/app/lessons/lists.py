"""The lessons that there are: the visitor's own, and those that came with TFPlay."""

import streamlit as st

from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.locks import upload
from tfplay.app.frame.visible import visible
from tfplay.app.frame.visitor import expiry_notice
from tfplay.app.lessons.current import add_and_edit, delete, edit, my_lessons, shown_title
from tfplay.app.tour.place import Place
from tfplay.cutting import cut_text
from tfplay.lessons import (
    Draft,
    Entry,
    Lesson,
    list_lessons,
    open_lesson,
    parse_lesson,
)
from tfplay.lessons.lesson import LONGEST_TITLE


def lesson_lists() -> None:
    """Both lists, and the ways to begin a lesson of one's own."""
    st.subheader("Your lessons", anchor=False)
    with st.container(horizontal=True):
        st.button(
            "Write a lesson",
            icon=":material/add:",
            type="primary",
            on_click=add_and_edit,
            args=(Draft(),),
        )
        _importing()
    for entry in my_lessons().list():
        with st.container(border=True), errors_shown(then_stop=False):
            (_damaged if entry.draft is None else _own)(entry)
    expiry_notice()
    st.subheader("Came with TFPlay", anchor=False)
    for name, lesson in list_lessons().items():
        with st.container(border=True):
            _shipped(name, lesson)


def _own(entry: Entry) -> None:
    count = len(entry.draft.steps)
    steps = "1 step" if count == 1 else f"{count} steps"
    state = "ready to be taken" if entry.is_ready else "not ready yet"
    st.markdown(f"**{shown_title(entry.draft)}** · {steps} · {state}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Write on",
            icon=":material/edit:",
            key=f"write on {entry.id}",
            on_click=edit,
            args=(entry.id,),
        )
        if entry.is_ready:
            way_in(entry.id, open_lesson(entry.id), 1, "Take it")
        st.button(
            "Delete",
            icon=":material/delete:",
            type="tertiary",
            key=f"delete {entry.id}",
            on_click=delete,
            args=(entry.id,),
        )


def _damaged(entry: Entry) -> None:
    st.caption(":material/broken_image: A damaged file")
    if st.button("Delete for good", icon=":material/delete:", key=f"delete {entry.id}"):
        my_lessons().delete(entry.id)
        st.rerun()


def _shipped(name: str, lesson: Lesson) -> None:
    st.markdown(
        f"**{plain(lesson.title)}** · {len(lesson.steps)} steps, {lesson.minutes} minutes  \n"
        + plain(lesson.about)
    )
    copy = Draft.of(lesson)
    copy.title = cut_text(f"Copy of {lesson.title}", LONGEST_TITLE)
    with st.container(horizontal=True, vertical_alignment="center"):
        way_in(name, lesson, 1, "Take it")
        st.button(
            "Copy to change",
            icon=":material/content_copy:",
            key=f"copy {name}",
            on_click=add_and_edit,
            args=(copy,),
        )


def way_in(name: str, lesson: Lesson, number: int, label: str) -> None:
    """A link to a step of a lesson."""
    place = Place(name, number, lesson)
    st.page_link(place.page, label=label, icon=":material/play_arrow:", query_params=place.query)


def _importing() -> None:
    with st.popover("Import", icon=":material/upload:", help="A lesson from its file"):
        number = st.session_state.setdefault("imported lessons", 0)
        given = upload(
            "A lesson's file, as “Export” writes it",
            ["json"],
            key=f"lesson file {number}",  # a new one, empty, after each import
            max_upload_size=1,  # MB
        )
        if given:
            with errors_shown(then_stop=False):
                lesson = parse_lesson(visible(given.name), given.getvalue())
                lesson_id = my_lessons().add(Draft.of(lesson))
                st.session_state["imported lessons"] += 1
                edit(lesson_id)
                st.rerun()
