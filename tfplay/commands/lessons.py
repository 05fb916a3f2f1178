"""Check a lesson's file, or list the lessons that come with TFPlay.

Checking reads the file and its links, and has the models answer every question: the answer must
be among the choices.
"""

import argparse
from typing import Any

from tfplay.errors import InputError
from tfplay.lessons import Lesson, checked_answers, list_lessons, read_lesson
from tfplay.store import Model

HELP = "check a lesson's file, or list the lessons that come with TFPlay"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("action", choices=("check", "list"))
    parser.add_argument("file", nargs="?", metavar="FILE", help="the lesson, as JSON")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Checks the file, or lists the lessons."""
    if options.action == "list":
        return {"lessons": {name: _described(each) for name, each in list_lessons().items()}}
    if options.file is None:
        raise InputError("Name the file to check.")
    lesson = read_lesson(options.file)
    return _described(lesson) | {"answers": checked_answers(lesson, Model.load)}


def _described(lesson: Lesson) -> dict[str, Any]:
    return {"title": lesson.title, "minutes": lesson.minutes, "steps": len(lesson.steps)}
