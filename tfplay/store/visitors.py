"""Who was here where strangers share a server, and who of them share an address."""

import hashlib
import time
from pathlib import Path
from typing import NamedTuple

from tfplay.home import home
from tfplay.store.database import Database

_STEPS = (
    "CREATE TABLE visitors (owner TEXT PRIMARY KEY, address TEXT NOT NULL, seen REAL NOT NULL)",
    "CREATE INDEX addresses ON visitors (address)",
    "CREATE TABLE secret AS SELECT randomblob(32) AS key",
    "CREATE TABLE snapshots (id TEXT PRIMARY KEY, owner TEXT NOT NULL, expires REAL NOT NULL)",
    "CREATE TABLE barred (owner TEXT PRIMARY KEY, address TEXT, until REAL NOT NULL)",
)
MOST_LISTED = 200
"""Visitors that an operator is shown."""


class Visit(NamedTuple):
    """A visitor, and a moment in seconds since 1970."""

    owner: str
    """The digest of the visitor's secret."""
    moment: float
    """When the visitor was last seen; of who is barred, when that ends."""


class Visitors:
    """The visitors of this home, by the digests of their secrets.

    An address is kept as a digest by a key that only this file has: two visitors can be told to
    share one, and nobody reads which.
    """

    def __init__(self) -> None:
        self._database = Database(home() / "visitors.sqlite3", "The list of visitors", _STEPS)

    def note(self, owner: str, address: str) -> None:
        """Notes that a visitor is here now.

        Args:
            owner: The digest of the visitor's secret.
            address: The address that the visitor counts for.
        """
        with self._database.open() as database:
            [key] = database.execute("SELECT key FROM secret").fetchone()
            hidden = hashlib.blake2b(address.encode(), key=key, digest_size=16).hexdigest()
            row = owner, hidden, time.time()
            database.execute("INSERT OR REPLACE INTO visitors VALUES (?, ?, ?)", row)

    def beside(self, owner: str) -> set[str]:
        """The visitors last seen at the same address as this one, and this one."""
        with self._database.open() as database:
            query = (
                "SELECT owner FROM visitors WHERE address = "
                "(SELECT address FROM visitors WHERE owner = ?)"
            )
            return {owner, *(found for (found,) in database.execute(query, (owner,)))}

    def count_seen(self, seconds: float) -> int:
        """How many were here within the last seconds."""
        with self._database.open() as database:
            query = "SELECT COUNT(*) FROM visitors WHERE seen > ?"
            return int(database.execute(query, (time.time() - seconds,)).fetchone()[0])

    def last_seen(self) -> list[Visit]:
        """Who was here last, at most 200 of them."""
        with self._database.open() as database:
            query = "SELECT owner, seen FROM visitors ORDER BY seen DESC LIMIT ?"
            return [Visit(*row) for row in database.execute(query, (MOST_LISTED,))]

    def bar(self, owner: str, until: float) -> None:
        """Bars a visitor, and who comes from the same address, until a moment."""
        with self._database.open() as database:
            database.execute(
                "INSERT OR REPLACE INTO barred VALUES "
                "(?1, (SELECT address FROM visitors WHERE owner = ?1), ?2)",
                (owner, until),
            )

    def let_in(self, owner: str) -> None:
        """Bars a visitor no longer."""
        with self._database.open() as database:
            database.execute("DELETE FROM barred WHERE owner = ?", (owner,))

    def barred(self) -> list[Visit]:
        """Who is barred, and until when."""
        with self._database.open() as database:
            query = "SELECT owner, until FROM barred WHERE until > ? ORDER BY until"
            return [Visit(*row) for row in database.execute(query, (time.time(),))]

    def barred_until(self, owner: str) -> float | None:
        """Until when a visitor is barred, by name or by address; `None` if they are welcome."""
        with self._database.open() as database:
            query = (
                "SELECT MAX(until) FROM barred WHERE until > ?1 AND (owner = ?2 OR "
                "address = (SELECT address FROM visitors WHERE owner = ?2))"
            )
            [until] = database.execute(query, (time.time(), owner)).fetchone()
        return until

    def forget_before(self, moment: float) -> None:
        """Forgets who was not here since, in seconds since 1970, and expired snapshots' makers."""
        with self._database.open() as database:
            database.execute("DELETE FROM visitors WHERE seen < ?", (moment,))
            database.execute("DELETE FROM snapshots WHERE expires < ?", (time.time(),))
            database.execute("DELETE FROM barred WHERE until < ?", (time.time(),))

    def note_snapshot(self, snapshot_id: str, owner: str, expires: float) -> None:
        """Notes who made a snapshot, and when it expires, in seconds since 1970."""
        with self._database.open() as database:
            row = snapshot_id, owner, expires
            database.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", row)

    def forget_snapshot(self, snapshot_id: str) -> None:
        """A snapshot was deleted, and counts no more."""
        with self._database.open() as database:
            database.execute("DELETE FROM snapshots WHERE id = ?", (snapshot_id,))

    def count_snapshots(self, owners: set[str]) -> int:
        """How many snapshots of these visitors have not expired."""
        with self._database.open() as database:
            query = "SELECT owner FROM snapshots WHERE expires >= ?"
            made = database.execute(query, (time.time(),)).fetchall()
        return sum(owner in owners for (owner,) in made)


def conversations_of(owner: str) -> Path:
    """The folder of a visitor's conversations, by the digest of the visitor's secret."""
    return home() / "conversations" / owner.partition(":")[2][:32]
