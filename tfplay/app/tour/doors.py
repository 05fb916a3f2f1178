"""Where lessons begin, or go on."""

import streamlit as st

from tfplay.app.tour.place import Place, progress_in
from tfplay.lessons import list_lessons


def lesson_doors() -> None:
    """The way into each lesson that comes with TFPlay; the first is the tour."""
    tour, *others = list_lessons()
    minutes = list_lessons()[tour].minutes
    with st.container(key="tour"):
        _door(tour, f"Take the tour: {minutes} minutes", ":material/tour:")
    for name in others:
        lesson = list_lessons()[name]
        _door(name, f"{lesson.title}: {lesson.minutes} minutes", ":material/school:")


def _door(name: str, label: str, icon: str) -> None:
    """A link to the lesson, or to where the visitor left it."""
    lesson, progress = list_lessons()[name], progress_in(name)
    number = progress.step if 1 <= progress.step <= len(lesson.steps) else 1
    place = Place(name, number, lesson)
    if place.number > 1:
        label = f"{lesson.title}: go on at step {place.number} of {len(lesson.steps)}"
    elif progress.is_done:
        label, icon = f"{lesson.title}: once more", ":material/check:"
    st.page_link(
        place.page, label=f"**{label}**", icon=icon, help=lesson.about, query_params=place.query
    )
