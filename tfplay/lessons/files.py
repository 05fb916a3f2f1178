"""Lessons in files of JSON; those that come with TFPlay lie in `shipped`."""

from functools import cache
from pathlib import Path

from tfplay.errors import InputError
from tfplay.lessons.lesson import Lesson
from tfplay.text.files import read_json
from tfplay.untrusted import require_small

MOST_BYTES = 200_000
_SHIPPED = Path(__file__).parent / "shipped"
_NAMES = ("next-word", "looking-back", "training")
"""In the order in which they are offered."""


def read_lesson(path: str | Path) -> Lesson:
    """Reads a lesson from its file.

    Raises:
        InputError: The file is missing, too large, no JSON, or no lesson; the sentence says in
            which step.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"There is no file {path}.")
    require_small(path, MOST_BYTES)
    return Lesson.from_json(read_json(path))


@cache
def list_lessons() -> dict[str, Lesson]:
    """The lessons that come with TFPlay, by the name that an address has for them."""
    return {name: read_lesson(_SHIPPED / f"{name}.json") for name in _NAMES}
