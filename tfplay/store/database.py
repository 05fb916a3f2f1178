"""A small SQLite file that any number of processes may use at once."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tfplay.errors import InputError
from tfplay.home import make_folder
from tfplay.store.lock import hold
from tfplay.text.files import draft

BUSY_SECONDS = 2.0
"""Another process needs milliseconds; who waits longer is told so, as a page must answer."""


class Database:
    """An SQLite file, made or brought up to date when it is first used.

    Args:
        path: Where it is, or will be.
        what: What it is called in errors, as in "The queue".
        steps: Statements that make its tables. A later version of TFPlay adds some behind the
            others; a file in which the first ones were done gets the rest.

    Example::

        with Database(home() / "queue.sqlite3", "The queue", [_TABLE]).open() as database:
            database.execute("SELECT run FROM jobs")
    """

    def __init__(self, path: Path, what: str, steps: Sequence[str]):
        self.path = path
        self._what = what
        self._steps = steps

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection in which each statement is done at once.

        Raises:
            InputError: The file is damaged, locked for long, or cannot be written.
        """
        try:
            if not self.path.exists():
                self._create()
            with closing(_connect(self.path)) as database:
                if _steps_done(database) < len(self._steps):
                    with self._alone():
                        self._bring_up_to_date(database)
                database.execute("PRAGMA synchronous = NORMAL")
                yield database
        except (sqlite3.Error, OSError) as error:
            raise InputError(f"{self._what} {self.path} cannot be used: {error}.") from error

    def _create(self) -> None:
        """Makes the file, so that whoever finds it finds it whole."""
        make_folder(self.path.parent)
        with self._alone():
            if not self.path.exists():
                with draft(self.path) as place, closing(_connect(place)) as database:
                    database.execute("PRAGMA journal_mode = WAL")
                    self._bring_up_to_date(database)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with hold(self.path.parent, f"{self.path.stem}.lock"):
            yield

    def _bring_up_to_date(self, database: sqlite3.Connection) -> None:
        for number in range(_steps_done(database), len(self._steps)):
            database.execute("BEGIN IMMEDIATE")
            database.execute(self._steps[number])
            database.execute(f"PRAGMA user_version = {number + 1}")
            database.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _steps_done(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
