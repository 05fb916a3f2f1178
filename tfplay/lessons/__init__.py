"""A lesson: steps over the pages, as data, with questions that a model answers.

A file of JSON is a lesson: `read_lesson` reads it and says what is wrong with it, `computed_answer`
has a model answer one of its questions, `Progress` is how far a visitor has come.
"""

from tfplay.lessons.answers import COMPUTATIONS, computed_answer
from tfplay.lessons.checking import checked_answers
from tfplay.lessons.files import list_lessons, read_lesson
from tfplay.lessons.lesson import Lesson, Question, Step
from tfplay.lessons.links import PAGES, Link, read_link
from tfplay.lessons.progress import Progress, keep_progress, kept_progress

__all__ = [
    "COMPUTATIONS",
    "PAGES",
    "Lesson",
    "Link",
    "Progress",
    "Question",
    "Step",
    "checked_answers",
    "computed_answer",
    "keep_progress",
    "kept_progress",
    "list_lessons",
    "read_lesson",
    "read_link",
]
