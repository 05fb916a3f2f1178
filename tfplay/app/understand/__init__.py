"""The views of the Understand page: one for each task of understanding."""

from collections.abc import Callable

from tfplay.app.understand.answers import answers_view
from tfplay.app.understand.classes import classes_view
from tfplay.app.understand.entities import entities_view
from tfplay.app.understand.pictures import pictures_view
from tfplay.app.understand.words import words_view

VIEWS: dict[str, Callable[[], None]] = {
    "classification": classes_view,
    "tagging": entities_view,
    "masked-words": words_view,
    "answers": answers_view,
    "images": pictures_view,
}
"""Shows a model choice, something to try it on and its answer; by the task's name."""

__all__ = ["VIEWS"]
