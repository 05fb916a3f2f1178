"""A lesson: steps over the pages, as data, with questions that a model answers.

A file of JSON is a lesson: `read_lesson` reads it and says what is wrong with it, `computed_answer`
has a model answer one of its questions, `Progress` is how far a visitor has come. `OwnLessons` are
those that a visitor writes, each a `Draft`; `open_lesson` opens any by its name or id.
"""

from tfplay.lessons.answers import COMPUTATIONS, computed_answer
from tfplay.lessons.checking import checked_answer, checked_answers
from tfplay.lessons.draft import Draft, StepDraft, computation_arguments
from tfplay.lessons.files import (
    MOST_BYTES,
    find_lesson,
    list_lessons,
    parse_lesson,
    read_lesson,
)
from tfplay.lessons.lesson import Lesson, Question, Step
from tfplay.lessons.links import PAGES, Link, read_link
from tfplay.lessons.own import Entry, OwnLessons, open_lesson
from tfplay.lessons.progress import Progress, keep_progress, kept_progress

__all__ = [
    "COMPUTATIONS",
    "MOST_BYTES",
    "PAGES",
    "Draft",
    "Entry",
    "Lesson",
    "Link",
    "OwnLessons",
    "Progress",
    "Question",
    "Step",
    "StepDraft",
    "checked_answer",
    "checked_answers",
    "computation_arguments",
    "computed_answer",
    "find_lesson",
    "keep_progress",
    "kept_progress",
    "list_lessons",
    "open_lesson",
    "parse_lesson",
    "read_lesson",
    "read_link",
]
