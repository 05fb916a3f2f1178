"""Classes opened, found and ended."""

import json
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tfplay.classroom.codes import new_code, read_code
from tfplay.classroom.tables import are_kept, changing, reading
from tfplay.config.base import require_integer
from tfplay.errors import InputError
from tfplay.store.allowance import require_below

MOST_DAYS, USUAL_DAYS = 30, 7
SECONDS_OF_TRIES = 3600.0
"""For so long it is kept that somebody typed a wrong code."""
_COLUMNS = "id, code, lesson, locked, together, ends"


@dataclass(frozen=True)
class Classroom:
    """A class that takes a lesson.

    Attributes:
        id: What its link has: nobody can guess it.
        code: What its pupils type.
        lesson: The lesson's name.
        locked: What its pupils may not use, each a key of `LOCKS`.
        together: Whether pupils see an answer only when the teacher reveals it.
        ends: When all of it is deleted.
    """

    id: str
    code: str
    lesson: str
    locked: frozenset[str]
    together: bool
    ends: datetime

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "Classroom":
        """A class as the file has it."""
        class_id, code, lesson, locked, together, ends = row
        locks = frozenset(json.loads(locked))
        end = datetime.fromtimestamp(ends).astimezone()
        return cls(class_id, code, lesson, locks, bool(together), end)


def open_class(
    teacher: str,
    lesson: str,
    locked: Iterable[str] = (),
    together: bool = True,
    days: int = USUAL_DAYS,
) -> Classroom:
    """Opens a class.

    Args:
        teacher: The digest of the secret of the visitor whose class it is.
        lesson: The lesson's name.
        locked: What pupils may not use, of the keys of `LOCKS`.
        together: Whether pupils see an answer only when the teacher reveals it.
        days: After so many days all of the class is deleted.

    Raises:
        InputError: The days are impossible, or it cannot be written.
        LimitError: The teacher has as many classes as a visitor may have.

    Example::

        open_class(digest(secret), "next-word", locked=["training"]).code  # "ACD379"
    """
    require_integer("days", days, 1, MOST_DAYS)
    forget_ended()
    require_below("classes", teacher, _count_classes, "open classes")
    class_id, ends = secrets.token_urlsafe(16), time.time() + days * 86_400
    with changing() as database:
        codes = {code for (code,) in database.execute("SELECT code FROM classes")}
        code = next(code for code in iter(new_code, None) if code not in codes)
        row = class_id, code, lesson, json.dumps(sorted(locked)), together, ends
        into = f"INSERT INTO classes ({_COLUMNS}, teacher) VALUES (?, ?, ?, ?, ?, ?, ?)"
        database.execute(into, (*row, teacher))
    return Classroom.from_row(row)


def find_class(class_id: str) -> Classroom:
    """The class of a link.

    Raises:
        InputError: There is none, or it has ended.
    """
    if found := _select("id = ?", class_id):
        return found[0]
    raise InputError("There is no class at this link, or it has ended: ask your teacher.")


def find_class_by_code(code: str, owner: str) -> Classroom:
    """The class of a code that a pupil typed.

    Args:
        code: As it was typed.
        owner: The digest of the pupil's secret, whose wrong codes are counted where strangers
            share a server.

    Raises:
        InputError: There is none, or it has ended.
        LimitError: Too many wrong codes came from this visitor, or from this address.
    """
    require_below("class_codes", owner, _count_tries, "wrong codes within the hour")
    if found := _select("code = ?", read_code(code)):
        return found[0]
    if are_kept():
        with reading() as database:
            database.execute("INSERT INTO tries VALUES (?, ?)", (owner, time.time()))
    raise InputError("There is no class with this code, or it has ended: look at it again.")


def classes_of(teacher: str) -> list[Classroom]:
    """A teacher's classes; what ends last comes first."""
    return _select("teacher = ?", teacher)


def lessons_taken() -> frozenset[str]:
    """The names of the lessons that open classes take."""
    if not are_kept():
        return frozenset()
    with reading() as database:
        query = "SELECT lesson FROM classes WHERE ends > ?"
        return frozenset(lesson for (lesson,) in database.execute(query, (time.time(),)))


def end_class(class_id: str, teacher: str) -> None:
    """Deletes a class with all that is of it.

    Raises:
        InputError: It is no class of this teacher.
    """
    require_teacher(class_id, teacher)
    with reading() as database:
        database.execute("DELETE FROM classes WHERE id = ?", (class_id,))


def reveal(class_id: str, teacher: str, step: int) -> None:
    """Lets the pupils see a step's answer, and how the class guessed.

    Raises:
        InputError: It is no class of this teacher.
    """
    require_teacher(class_id, teacher)
    with reading() as database:
        database.execute("INSERT OR IGNORE INTO revealed VALUES (?, ?)", (class_id, step))


def revealed_steps(class_id: str) -> frozenset[int]:
    """The steps whose answers the teacher has revealed."""
    with reading() as database:
        query = "SELECT step FROM revealed WHERE class = ?"
        return frozenset(step for (step,) in database.execute(query, (class_id,)))


def require_teacher(class_id: str, teacher: str) -> Classroom:
    """The class, if it is this teacher's.

    Raises:
        InputError: It is not, or there is none; which of both is not told.
    """
    for each in classes_of(teacher):
        if each.id == class_id:
            return each
    raise InputError("This is no class of yours, or it has ended.")


def forget_ended() -> None:
    """Deletes all of the classes that have ended, and wrong codes of long ago."""
    if are_kept():
        now = time.time()
        with changing() as database:
            database.execute("DELETE FROM classes WHERE ends <= ?", (now,))
            database.execute("DELETE FROM tries WHERE moment <= ?", (now - SECONDS_OF_TRIES,))


def _select(condition: str, value: str) -> list[Classroom]:
    if not are_kept():
        return []
    query = f"SELECT {_COLUMNS} FROM classes WHERE {condition} AND ends > ? ORDER BY ends DESC"
    with reading() as database:
        return [Classroom.from_row(row) for row in database.execute(query, (value, time.time()))]


def _count_classes(owners: set[str]) -> int:
    return sum(len(classes_of(owner)) for owner in owners)


def _count_tries(owners: set[str]) -> int:
    if not are_kept():
        return 0
    with reading() as database:
        query = "SELECT owner FROM tries WHERE moment > ?"
        tries = database.execute(query, (time.time() - SECONDS_OF_TRIES,)).fetchall()
    return sum(owner in owners for (owner,) in tries)
