"""Lessons in files of JSON; those that come with TFPlay lie in `shipped`."""

import json
from functools import cache
from pathlib import Path

from tfplay.errors import InputError
from tfplay.lessons.lesson import Lesson
from tfplay.text.files import parse_json
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
    return parse_lesson(path.name, path.read_bytes())


def parse_lesson(name: str, data: bytes) -> Lesson:
    """Reads a lesson from what stands in its file.

    Args:
        name: The file's, for what is wrong with it.
        data: JSON in UTF-8.

    Raises:
        InputError: As `read_lesson`.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"{name} has {len(data):,} bytes; a lesson has at most {MOST_BYTES:,}.")
    try:
        parsed = parse_json(name, data.decode("utf-8-sig"))
        json.dumps(parsed, ensure_ascii=False).encode()  # JSON may spell out half a character
    except UnicodeError as error:
        raise InputError(f"{name} is not text in UTF-8.") from error
    return Lesson.from_json(parsed)


def find_lesson(name: str) -> Lesson:
    """The lesson of this name that comes with TFPlay, or the one in the file of this name.

    Raises:
        InputError: There is neither, or the file has no lesson.
    """
    return list_lessons().get(name) or read_lesson(name)


@cache
def list_lessons() -> dict[str, Lesson]:
    """The lessons that come with TFPlay, by the name that an address has for them."""
    return {name: read_lesson(_SHIPPED / f"{name}.json") for name in _NAMES}
