"""Which runs wait and which are worked on, in order of arrival, kept in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tfplay.errors import InputError
from tfplay.home import make_folder
from tfplay.store.lock import hold
from tfplay.text.files import draft

BUSY_SECONDS = 2.0
"""Another process needs milliseconds; who waits longer is told so, as a page must answer."""

_TABLE = """\
CREATE TABLE jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL UNIQUE,
    device TEXT,
    pid INTEGER
)"""


class Job(NamedTuple):
    """A run that waits, or is worked on."""

    run: Path
    device: str | None = None
    """What it computes on; `None` while it waits."""
    pid: int | None = None
    """The worker's; `None` while it waits."""


class JobQueue:
    """A queue that any number of processes may use at once.

    It knows only order and devices; how a run stands is in the run's own folder.

    Args:
        folder: Where its file is, or will be.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = folder / "queue.sqlite3"

    def add(self, run: Path) -> None:
        """Lets a run wait behind all others."""
        self._change("INSERT OR REPLACE INTO jobs (run) VALUES (?)", str(run))

    def withdraw(self, run: Path) -> bool:
        """Takes a waiting run out; false if it does not wait."""
        return self._change("DELETE FROM jobs WHERE run = ? AND pid IS NULL", str(run))

    def claim(self, run: Path, device: str, pid: int) -> bool:
        """Notes who works on a run from now on; false if it does not wait any more."""
        change = "UPDATE jobs SET device = ?, pid = ? WHERE run = ? AND pid IS NULL"
        return self._change(change, device, pid, str(run))

    def give_back(self, job: Job) -> None:
        """Lets a run that was not begun wait again, where it was."""
        change = "UPDATE jobs SET device = NULL, pid = NULL WHERE run = ? AND pid = ?"
        self._change(change, str(job.run), job.pid)

    def remove(self, job: Job) -> None:
        """Forgets a run that has ended; one that was added again meanwhile waits on."""
        self._change("DELETE FROM jobs WHERE run = ? AND pid = ?", str(job.run), job.pid)

    def jobs(self) -> list[Job]:
        """All jobs, in order of arrival."""
        with self._open() as database:
            rows = database.execute("SELECT run, device, pid FROM jobs ORDER BY number").fetchall()
        return [Job(Path(run), device, pid) for run, device, pid in rows]

    def _change(self, change: str, *values: object) -> bool:
        """Makes one change; returns whether it changed anything."""
        with self._open() as database:
            return database.execute(change, values).rowcount > 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                self._create()
            database = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            with closing(database):
                database.execute("PRAGMA synchronous = NORMAL")
                yield database
        except (sqlite3.Error, OSError) as error:
            raise InputError(f"The queue {self.path} cannot be used: {error}.") from error

    def _create(self) -> None:
        """Makes the file, so that whoever finds it finds it whole."""
        make_folder(self.folder)
        with hold(self.folder, "queue.lock"):
            if not self.path.exists():
                with draft(self.path) as place, closing(sqlite3.connect(place)) as database:
                    database.execute("PRAGMA journal_mode = WAL")
                    database.execute(_TABLE)
