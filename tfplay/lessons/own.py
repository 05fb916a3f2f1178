"""Lessons that visitors write: their writer changes them, and who has the link takes them."""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.lessons.draft import Draft
from tfplay.lessons.files import MOST_BYTES, list_lessons
from tfplay.lessons.lesson import Lesson
from tfplay.store.allowance import require_below, require_room
from tfplay.store.digest import digest
from tfplay.store.files import write_json
from tfplay.store.lessons import lesson_path, lessons_of, writer_of
from tfplay.text.files import read_json

_ID = re.compile(r"[0-9a-f]{32}")
_GONE = (
    "This lesson is not here any more: it was deleted, or not changed for as long as it is kept."
)
_changing = Lock()  # two tabs of one visitor may write at once


class Entry(NamedTuple):
    """A lesson in its writer's list."""

    id: str
    draft: Draft | None
    """`None` if its file is damaged: it can only be deleted."""
    is_ready: bool
    """Whether others can take it, as it is or as it was when it was last whole."""


class OwnLessons:
    """All lessons that one visitor writes.

    Args:
        owner: The visitor's secret; only a digest of it is kept.

    Example:
        >>> mine = OwnLessons("a secret of the visitor's browser")
        >>> lesson_id = mine.add(Draft(title="What a head sees"))
        >>> with mine.change(lesson_id) as draft:
        ...     draft.add_step()
        >>> len(mine.open(lesson_id).steps)
        1
    """

    def __init__(self, owner: str):
        self._owner = owner
        self._digest = digest(owner)

    def list(self) -> list[Entry]:
        """The visitor's lessons, last changed first."""
        changed = [(path.stat().st_mtime_ns, path) for path in lessons_of({self._digest})]
        return [_entry(path) for _, path in sorted(changed, reverse=True)]

    def __contains__(self, lesson_id: str) -> bool:
        """Whether the visitor writes this lesson."""
        path = find_written(lesson_id)
        return path is not None and writer_of(path) == self._digest

    def open(self, lesson_id: str) -> Draft:
        """What the visitor has written of a lesson.

        Raises:
            InputError: It is not there any more, not the visitor's, or its file is damaged.
        """
        return _read_draft(self._require(lesson_id))

    def add(self, draft: Draft) -> str:
        """Keeps a new lesson and returns its id, of 128 random bits.

        Raises:
            InputError: It cannot be written, for example to a full disk.
            LimitError: The visitor keeps as many lessons, or as much, as they may.
        """
        lesson_id = secrets.token_hex(16)
        self.bring_back(lesson_id, draft)
        return lesson_id

    @contextmanager
    def change(self, lesson_id: str) -> Iterator[Draft]:
        """A draft to be changed, and kept if nothing goes wrong.

        Others take the lesson as it is now; if it is not whole, as it was when it last was.

        Raises:
            InputError: As `open` and `add`.
        """
        with _changing:
            path = self._require(lesson_id)
            draft = _read_draft(path)
            yield draft
            self._write(path, draft, read_json(path)["lesson"])

    def delete(self, lesson_id: str) -> None:
        """Deletes a lesson; `bring_back` keeps it again.

        Raises:
            InputError: It is not there any more, or not the visitor's.
        """
        self._require(lesson_id).unlink(missing_ok=True)

    def bring_back(self, lesson_id: str, draft: Draft) -> None:
        """Keeps a lesson under an id that it had, so that its links lead to it again.

        Raises:
            InputError: There is a lesson of this id, or it cannot be written.
            LimitError: As `add`.
        """
        require_below("lessons", self._digest, lambda owners: len(lessons_of(owners)), "lessons")
        require_room(self._owner)
        path = lesson_path(lesson_id)
        if path.exists():
            raise InputError("This lesson is here already.")
        self._write(path, draft, None)

    def _require(self, lesson_id: str) -> Path:
        if lesson_id not in self:
            if find_written(lesson_id):
                raise InputError("This lesson is not yours: to take, not to change.")
            raise InputError(_GONE)
        return lesson_path(lesson_id)

    def _write(self, path: Path, draft: Draft, last_whole: dict[str, Any] | None) -> None:
        with suppress(InputError):  # it is still being written
            last_whole = draft.lesson().to_json()
        kept = {"owner": self._digest, "draft": draft.to_json(), "lesson": last_whole}
        if len(json.dumps(kept, ensure_ascii=False).encode()) > 2 * MOST_BYTES:
            raise InputError(f"A lesson has at most {MOST_BYTES:,} bytes.")
        write_json(path, kept)


def open_lesson(name: str) -> Lesson:
    """A lesson that somebody takes.

    Args:
        name: As an address has it: of one that comes with TFPlay, or the id of one that a visitor
            has written.

    Raises:
        InputError: There is none; the sentence says why.

    Example:
        >>> open_lesson("next-word").minutes
        10
    """
    if name in list_lessons():
        return list_lessons()[name]
    if not _ID.fullmatch(name):
        raise InputError(
            f"There is no lesson {quoted(name)} here; Lessons has those that there are."
        )
    path = find_written(name)
    if path is None:
        raise InputError(_GONE)
    lesson = _read_lesson(path, path.stat().st_mtime_ns)
    if lesson is None:
        raise InputError("This lesson is still being written: there is no whole version of it yet.")
    return lesson


def find_written(lesson_id: str) -> Path | None:
    """The file of the lesson of this id that somebody writes, if there is one."""
    path = lesson_path(lesson_id) if _ID.fullmatch(lesson_id) else None
    return path if path and path.is_file() else None


@lru_cache(maxsize=256)
def _read_lesson(path: Path, written: int) -> Lesson | None:
    """The last whole version in a file as it was written at this time."""
    kept = read_json(path)["lesson"]
    return None if kept is None else Lesson.from_json(kept)


def _entry(path: Path) -> Entry:
    try:
        kept = read_json(path)
        return Entry(path.stem, Draft.from_json(kept["draft"]), kept["lesson"] is not None)
    except (InputError, KeyError, TypeError):
        return Entry(path.stem, None, False)


def _read_draft(path: Path) -> Draft:
    draft = _entry(path).draft
    if draft is None:
        raise InputError("This lesson's file is damaged: it can only be deleted.")
    return draft
