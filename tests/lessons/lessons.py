"""A small lesson for tests."""

from copy import deepcopy
from typing import Any

TEXT = "One morning Tom found a key."
_LESSON = {
    "title": "Where a head looks",
    "about": "One head, one sentence.",
    "minutes": 1,
    "steps": [
        {
            "link": "attention?run=text&text=He+opened+the&layer=2&head=4",
            "words": "A head looks back.",
            "press": "Choose another head.",
            "mark": "Head",
            "question": {
                "asks": "How many tokens are there?",
                "choices": ["7", "9"],
                "answer": {"compute": "token_count", "model": "text", "text": TEXT},
                "feedback": "Each word is one.",
            },
        }
    ],
}


def a_lesson(**changes: Any) -> dict[str, Any]:
    """A lesson of one step, as its file has it; each change is of the lesson."""
    return deepcopy(_LESSON) | changes


def a_lesson_with_step(**changes: Any) -> dict[str, Any]:
    """The same with changes of its only step."""
    lesson = a_lesson()
    lesson["steps"][0] |= changes
    return lesson


def a_lesson_with_question(**changes: Any) -> dict[str, Any]:
    """The same with changes of its only question."""
    lesson = a_lesson()
    lesson["steps"][0]["question"] |= changes
    return lesson
