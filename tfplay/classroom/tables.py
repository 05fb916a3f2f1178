"""The file that has all classes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tfplay.home import home
from tfplay.store.database import Database

_STEPS = (
    "CREATE TABLE classes (id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, lesson TEXT NOT NULL, "
    "teacher TEXT NOT NULL, locked TEXT NOT NULL, together INTEGER NOT NULL, ends REAL NOT NULL)",
    "CREATE TABLE pupils (id TEXT PRIMARY KEY, owner TEXT NOT NULL UNIQUE, "
    "class TEXT NOT NULL REFERENCES classes ON DELETE CASCADE, nickname TEXT NOT NULL, "
    "compared TEXT NOT NULL, step INTEGER NOT NULL, UNIQUE (class, compared))",
    "CREATE TABLE guesses (pupil TEXT NOT NULL REFERENCES pupils ON DELETE CASCADE, "
    "step INTEGER NOT NULL, choice TEXT NOT NULL, PRIMARY KEY (pupil, step))",
    "CREATE TABLE revealed (class TEXT NOT NULL REFERENCES classes ON DELETE CASCADE, "
    "step INTEGER NOT NULL, PRIMARY KEY (class, step))",
    "CREATE TABLE tries (owner TEXT NOT NULL, moment REAL NOT NULL)",
)


def are_kept() -> bool:
    """Whether a class was ever opened here; before, there is no file."""
    return _database().path.exists()


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """A connection to the file.

    Raises:
        InputError: The file is damaged, locked for long, or cannot be written.
    """
    with _database().open() as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("PRAGMA secure_delete = ON")  # a nickname leaves no bytes behind
        yield database


@contextmanager
def changing() -> Iterator[sqlite3.Connection]:
    """A connection whose statements are all done in the end, or none of them.

    Raises:
        InputError: As `reading`.
    """
    with reading() as database:
        database.execute("BEGIN IMMEDIATE")
        yield database
        database.execute("COMMIT")


def _database() -> Database:
    return Database(home() / "classes.sqlite3", "The list of classes", _STEPS)
