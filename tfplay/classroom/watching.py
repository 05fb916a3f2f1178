"""What a teacher sees of the pupils, and nobody else."""

from dataclasses import dataclass

from tfplay.classroom.classes import require_teacher
from tfplay.classroom.tables import reading


@dataclass(frozen=True)
class Pupil:
    """A pupil as the teacher sees one.

    Attributes:
        id: Random.
        nickname: What the pupil is called.
        step: Where the pupil is in the lesson, from 1; 0 before the first.
        guesses: What the pupil guessed, by step.
    """

    id: str
    nickname: str
    step: int
    guesses: dict[int, str]


def pupils_of(class_id: str, teacher: str) -> list[Pupil]:
    """The pupils of a class, in the order in which they joined.

    Raises:
        InputError: It is no class of this teacher.
    """
    require_teacher(class_id, teacher)
    with reading() as database:
        query = "SELECT id, nickname, step FROM pupils WHERE class = ? ORDER BY rowid"
        rows = database.execute(query, (class_id,)).fetchall()
        pupils = {pupil: Pupil(pupil, nickname, step, {}) for pupil, nickname, step in rows}
        query = (
            "SELECT pupil, guesses.step, choice FROM guesses JOIN pupils ON pupil = pupils.id "
            "WHERE class = ?"
        )
        for pupil, step, choice in database.execute(query, (class_id,)).fetchall():
            if pupil in pupils:  # who joined between the two questions is there the next time
                pupils[pupil].guesses[step] = choice
    return list(pupils.values())


def remove_pupil(class_id: str, teacher: str, pupil: str) -> None:
    """Takes a pupil, and all that the pupil guessed, out of a class.

    Raises:
        InputError: It is no class of this teacher.
    """
    require_teacher(class_id, teacher)
    with reading() as database:
        database.execute("DELETE FROM pupils WHERE id = ? AND class = ?", (pupil, class_id))
