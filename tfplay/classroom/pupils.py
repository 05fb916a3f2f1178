"""What a pupil does in a class, and sees of it: joins, goes on, guesses, leaves."""

import secrets
import time
from collections import Counter
from dataclasses import dataclass

from tfplay.classroom.classes import Classroom, revealed_steps
from tfplay.classroom.codes import checked_nickname, compared_nickname
from tfplay.classroom.tables import are_kept, changing, reading
from tfplay.cutting import quoted
from tfplay.errors import InputError

MOST_PUPILS = 100
_SEAT = (
    "SELECT pupils.id, nickname, step, classes.id, code, lesson, locked, together, ends "
    "FROM pupils JOIN classes ON class = classes.id WHERE owner = ? AND ends > ?"
)


@dataclass(frozen=True)
class Seat:
    """A pupil's place in a class.

    Attributes:
        pupil: The pupil's random id.
        nickname: What the pupil is called.
        step: Where the pupil is in the lesson, from 1; 0 before the first.
        classroom: The class.
        guesses: What the pupil guessed, by step.
        revealed: The steps whose answers the teacher has revealed.
    """

    pupil: str
    nickname: str
    step: int
    classroom: Classroom
    guesses: dict[int, str]
    revealed: frozenset[int]

    def may_see_answer(self, step: int) -> bool:
        """Whether the pupil may see the answer of a step after having guessed."""
        return not self.classroom.together or step in self.revealed


def join_class(class_id: str, owner: str, nickname: str) -> None:
    """Gives a visitor a place in a class, and takes it from one that the visitor was in before.

    Args:
        class_id: The class's.
        owner: The digest of the visitor's secret.
        nickname: What the visitor wants to be called.

    Raises:
        InputError: The nickname is impossible or taken, the class is full, or there is none.
    """
    nickname = checked_nickname(nickname)
    with changing() as database:
        query = "SELECT COUNT(*) FROM classes WHERE id = ? AND ends > ?"
        if not database.execute(query, (class_id, time.time())).fetchone()[0]:
            raise InputError("There is no class at this link, or it has ended: ask your teacher.")
        database.execute("DELETE FROM pupils WHERE owner = ?", (owner,))
        query = "SELECT compared FROM pupils WHERE class = ?"
        taken = {compared for (compared,) in database.execute(query, (class_id,))}
        if len(taken) >= MOST_PUPILS:
            raise InputError(f"This class has {len(taken)} pupils, which is the most.")
        if (compared := compared_nickname(nickname)) in taken:
            raise InputError(f"Somebody in this class is {quoted(nickname)}: take another name.")
        row = secrets.token_hex(8), owner, class_id, nickname, compared, 0
        database.execute("INSERT INTO pupils VALUES (?, ?, ?, ?, ?, ?)", row)


def leave_class(owner: str) -> None:
    """Takes a pupil, and all that the pupil guessed, out of the class."""
    if are_kept():
        with reading() as database:
            database.execute("DELETE FROM pupils WHERE owner = ?", (owner,))


def seat_of(owner: str) -> Seat | None:
    """A visitor's place in a class; `None` if there is none, or the class has ended."""
    if not are_kept():
        return None
    with reading() as database:
        row = database.execute(_SEAT, (owner, time.time())).fetchone()
        if row is None:
            return None
        pupil, nickname, step, *of_class = row
        query = "SELECT step, choice FROM guesses WHERE pupil = ?"
        guesses = dict(database.execute(query, (pupil,)).fetchall())
    classroom = Classroom.from_row(of_class)
    return Seat(pupil, nickname, step, classroom, guesses, revealed_steps(classroom.id))


def note_step(owner: str, step: int) -> None:
    """Notes where a pupil is in the lesson, from 1; one after the last is its end."""
    with reading() as database:
        database.execute("UPDATE pupils SET step = ? WHERE owner = ?", (step, owner))


def note_guess(owner: str, step: int, choice: str, outdated: str | None = None) -> None:
    """Notes what a pupil guessed; the first guess at a step stays.

    Args:
        owner: The digest of the pupil's secret.
        step: From 1.
        choice: What the pupil guessed.
        outdated: An earlier guess that does not stay, as the teacher has changed the choices since.
    """
    query = (
        "INSERT INTO guesses SELECT id, ?, ? FROM pupils WHERE owner = ? "
        "ON CONFLICT DO UPDATE SET choice = excluded.choice WHERE choice = ?"
    )
    with reading() as database:
        database.execute(query, (step, choice, owner, outdated))


def revealed_guesses(owner: str, step: int) -> Counter[str]:
    """How a pupil's class guessed at a step: nothing before the teacher has revealed it."""
    seat = seat_of(owner)
    if seat is None or step not in seat.revealed:
        return Counter()
    query = (
        "SELECT choice FROM guesses JOIN pupils ON pupil = pupils.id "
        "WHERE class = ? AND guesses.step = ?"
    )
    with reading() as database:
        chosen = database.execute(query, (seat.classroom.id, step)).fetchall()
    return Counter(choice for (choice,) in chosen)
