"""Which runs wait and which are worked on, and whose turn is next; kept in SQLite."""

import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tfplay.store.database import Database

_STEPS = (
    # The first stands in the files of versions that counted no steps.
    """\
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL UNIQUE,
    device TEXT,
    pid INTEGER
)""",
    "ALTER TABLE jobs ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE jobs ADD COLUMN added REAL",
    "CREATE TABLE turns (owner TEXT PRIMARY KEY, number INTEGER NOT NULL)",
)
_MOST_TURNS = 10_000
"""Of so many visitors it is known who had a turn last."""


class Job(NamedTuple):
    """A run that waits, or is worked on."""

    run: Path
    device: str | None = None
    """What it computes on; `None` while it waits."""
    pid: int | None = None
    """The worker's; `None` while it waits."""
    owner: str = ""
    """The digest of the visitor's secret whose it is; empty if it is everybody's."""


class JobQueue:
    """A queue that any number of processes may use at once.

    Visitors take turns: whoever had none for the longest time is next, however many runs others
    have added before. It knows only whose a run is and devices; how a run stands is in the run's
    own folder.

    Args:
        folder: Where its file is, or will be.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = folder / "queue.sqlite3"
        self._database = Database(self.path, "The queue", _STEPS)

    def add(self, run: Path, owner: str = "") -> None:
        """Lets a run wait behind all others of its owner."""
        self._change(
            "INSERT OR REPLACE INTO jobs (run, owner, added) VALUES (?, ?, ?)",
            *(str(run), owner, time.time()),
        )

    def withdraw(self, run: Path) -> bool:
        """Takes a waiting run out; false if it does not wait."""
        return self._change("DELETE FROM jobs WHERE run = ? AND pid IS NULL", str(run))

    def claim(self, run: Path, device: str, pid: int) -> bool:
        """Notes who works on a run from now on; false if it does not wait any more."""
        change = "UPDATE jobs SET device = ?, pid = ? WHERE run = ? AND pid IS NULL"
        is_claimed = self._change(change, device, pid, str(run))
        if is_claimed:
            self._change(
                "INSERT OR REPLACE INTO turns SELECT owner, "
                "(SELECT COALESCE(MAX(number), 0) + 1 FROM turns) FROM jobs WHERE run = ?",
                str(run),
            )
            last = "(SELECT MAX(number) FROM turns)"
            self._change(f"DELETE FROM turns WHERE number <= {last} - ?", _MOST_TURNS)
        return is_claimed

    def give_back(self, job: Job) -> None:
        """Lets a run that was not begun wait again, where it was."""
        change = "UPDATE jobs SET device = NULL, pid = NULL WHERE run = ? AND pid = ?"
        self._change(change, str(job.run), job.pid)

    def remove(self, job: Job) -> None:
        """Forgets a run that has ended; one that was added again meanwhile waits on."""
        self._change("DELETE FROM jobs WHERE run = ? AND pid = ?", str(job.run), job.pid)

    def jobs(self) -> list[Job]:
        """All jobs, in order of arrival."""
        with self._database.open() as database:
            query = "SELECT run, device, pid, owner FROM jobs ORDER BY number"
            return [_job(row) for row in database.execute(query)]

    def turns(self) -> list[Job]:
        """The jobs that wait, in the order in which their turns come.

        In each round every visitor has one turn, first who has had none for the longest time.
        """
        with self._database.open() as database:
            rows = database.execute(
                "SELECT run, device, pid, jobs.owner, COALESCE(turns.number, 0) FROM jobs "
                "LEFT JOIN turns ON turns.owner = jobs.owner "
                "WHERE pid IS NULL ORDER BY jobs.number"
            ).fetchall()
        places: dict[str, int] = {}
        rounds: Counter[str] = Counter()
        keyed = []
        for *row, last_turn in rows:
            job = _job(row)
            place = places.setdefault(job.owner, len(places))
            keyed.append(((rounds[job.owner], last_turn, place), job))
            rounds[job.owner] += 1
        return [job for _, job in sorted(keyed)]

    def longest_wait(self) -> float:
        """Seconds for which the run that waits longest has waited; 0 if none waits."""
        with self._database.open() as database:
            query = "SELECT MIN(added) FROM jobs WHERE pid IS NULL"
            [added] = database.execute(query).fetchone()
        return max(0.0, time.time() - added) if added else 0.0

    def _change(self, change: str, *values: object) -> bool:
        """Makes one change; returns whether it changed anything."""
        with self._database.open() as database:
            return database.execute(change, values).rowcount > 0


def _job(row: tuple[str, str | None, int | None, str]) -> Job:
    run, device, pid, owner = row
    return Job(Path(run), device, pid, owner)
