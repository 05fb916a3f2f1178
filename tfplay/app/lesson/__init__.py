"""The frame of the Learn pages: one model and one sentence, traced once, and what every view has.

A page calls `choose_subject`, asks for `traced(subject)`, and draws its views; each of them has a
few plain words, its formula, `tries`, a `source_caption` and `exports`.
"""

from tfplay.app.lesson.exports import exports
from tfplay.app.lesson.furniture import choose_view, source_caption, tries
from tfplay.app.lesson.subject import TEXT_TASKS, Subject, choose_subject
from tfplay.app.lesson.tracing import Traced, traced

__all__ = [
    "TEXT_TASKS",
    "Subject",
    "Traced",
    "choose_subject",
    "choose_view",
    "exports",
    "source_caption",
    "traced",
    "tries",
]
