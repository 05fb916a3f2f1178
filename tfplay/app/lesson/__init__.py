"""The frame of the Learn pages: one model and one sentence, traced once, and what every view has.

A page calls `choose_subject`, asks for `traced(subject)`, and draws its views. Each begins with its
picture, its controls in one row above; words, formula and `exports` follow in `below_picture`, then
`tries` and a `source_caption`.
"""

from tfplay.app.lesson.exports import exports
from tfplay.app.lesson.furniture import (
    below_picture,
    choose_view,
    source_caption,
    tries,
    view_tabs,
)
from tfplay.app.lesson.subject import TEXT_TASKS, Subject, choose_sentence, choose_subject
from tfplay.app.lesson.tracing import Traced, traced

__all__ = [
    "TEXT_TASKS",
    "Subject",
    "Traced",
    "below_picture",
    "choose_sentence",
    "choose_subject",
    "choose_view",
    "exports",
    "source_caption",
    "traced",
    "tries",
    "view_tabs",
]
