"""How a class is told of."""

from tfplay.app.frame.visible import shown
from tfplay.app.tour.place import Place
from tfplay.classroom import Classroom
from tfplay.errors import InputError
from tfplay.lessons import Lesson, open_lesson

CLASS = "class"
"""What an address calls a class."""


def place_in(classroom: Classroom, number: int) -> Place:
    """A step of a class' lesson, from 1."""
    return Place(classroom.lesson, number, open_lesson(classroom.lesson))


def lesson_of(classroom: Classroom) -> Lesson:
    """The lesson that a class takes."""
    return open_lesson(classroom.lesson)


def lesson_title(classroom: Classroom) -> str:
    """The title of a class' lesson, as Markdown that shows it letter by letter."""
    try:
        return shown(lesson_of(classroom).title)
    except InputError:
        return "A lesson that was deleted"


def day_of(classroom: Classroom) -> str:
    """The day on which all of a class is deleted."""
    return f"{classroom.ends.day} {classroom.ends:%B}"
