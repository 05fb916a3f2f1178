"""A class takes a lesson together: its pupils' steps and guesses, and what they may not use.

A teacher has a class opened (`open_class`) and sees all of it; pupils join under a nickname and
see their own. People are known by the digests of their visitors' secrets. All of a class is
deleted on the day that its teacher chose, or when the teacher ends it.
"""

from tfplay.classroom.classes import (
    MOST_DAYS,
    USUAL_DAYS,
    Classroom,
    classes_of,
    end_class,
    find_class,
    find_class_by_code,
    forget_ended,
    lessons_taken,
    open_class,
    reveal,
    revealed_steps,
)
from tfplay.classroom.codes import LONGEST_NICKNAME, spoken_code
from tfplay.classroom.locks import LOCKS, locked_for, require_unlocked
from tfplay.classroom.pupils import (
    MOST_PUPILS,
    Seat,
    join_class,
    leave_class,
    note_guess,
    note_step,
    revealed_guesses,
    seat_of,
)
from tfplay.classroom.watching import Pupil, pupils_of, remove_pupil

__all__ = [
    "LOCKS",
    "LONGEST_NICKNAME",
    "MOST_DAYS",
    "MOST_PUPILS",
    "USUAL_DAYS",
    "Classroom",
    "Pupil",
    "Seat",
    "classes_of",
    "end_class",
    "find_class",
    "find_class_by_code",
    "forget_ended",
    "join_class",
    "leave_class",
    "lessons_taken",
    "locked_for",
    "note_guess",
    "note_step",
    "open_class",
    "pupils_of",
    "remove_pupil",
    "require_unlocked",
    "reveal",
    "revealed_guesses",
    "revealed_steps",
    "seat_of",
    "spoken_code",
]
