"""What the visitor's class has locked: told, and not drawn."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from tfplay.app.frame.visitor import visitor
from tfplay.classroom import LOCKS, locked_for, seat_of
from tfplay.errors import InputError
from tfplay.lessons import open_lesson, read_link
from tfplay.store import Model
from tfplay.store.digest import digest


def is_locked(what: str) -> bool:
    """Whether the visitor's class does without this.

    Args:
        what: A key of `tfplay.classroom.LOCKS`.
    """
    return what in locked_for(digest(visitor()))


def tell_if_locked(what: str) -> None:
    """Says so on the page where the visitor's class does without this."""
    if is_locked(what):
        st.info(f"{LOCKS[what]} is locked in your class.", icon=":material/lock:")


def models_of_class(models: Sequence[Model]) -> Sequence[Model]:
    """The models that the visitor's class leaves to choose from.

    Args:
        models: Those that a page can use.

    Returns:
        The same, or where choosing is locked those of the class' lesson; if it has none of them,
        the first alone.
    """
    seat = seat_of(digest(visitor()))
    if seat is None or "models" not in seat.classroom.locked:
        return models
    names = set()
    with suppress(InputError):  # its writer has deleted it
        steps = open_lesson(seat.classroom.lesson).steps
        names = {read_link(step.link).query.get("run") for step in steps}
    return [model for model in models if model.id in names] or models[:1]


def upload(label: str, endings: Sequence[str] | None, **looks: Any) -> Any:
    """A file that the visitor brings; nothing where the visitor's class has that locked.

    Every page takes files through here. A widget that was not drawn has no value, whatever a
    browser sends.

    Args:
        label: What is brought.
        endings: Of the files' names; `None` is any.
        **looks: What else `st.file_uploader` takes.

    Returns:
        As `st.file_uploader`.
    """
    if is_locked("uploads"):
        tell_if_locked("uploads")
        return None
    return st.file_uploader(label, endings, **looks)
