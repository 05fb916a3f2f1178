"""What a visitor may still keep where strangers share a server; asked before anything is kept."""

from collections.abc import Callable
from pathlib import Path

from tfplay.hosting import LimitError, limits_here
from tfplay.store.digest import digest
from tfplay.store.lessons import lessons_of
from tfplay.store.opened import list_opened
from tfplay.store.runs import list_runs
from tfplay.store.visitors import Visitors, conversations_of

BYTES_A_MB = 1_000_000


def require_below(
    limit: str, owner: str, count: Callable[[set[str]], int], what: str, unit: int = 1
) -> None:
    """Raises a `LimitError` if a visitor, or the visitors of an address, have as much as they may.

    Args:
        limit: Name of a field of `Limits`.
        owner: The digest of the visitor's secret.
        count: How much some visitors have, given the digests of their secrets.
        what: What is counted, in the plural.
        unit: How much of it the limit counts as one.
    """
    limits = limits_here()
    if limits is None:
        return
    most = getattr(limits, limit)
    shares = {
        "You have": ({owner}, most),
        "You and others at your address have": (
            Visitors().beside(owner),
            most * limits.visitors_an_address,
        ),
    }
    for who, (owners, allowed) in shares.items():
        number = count(owners)
        if number >= allowed * unit:
            share = f"{number / unit:,.0f} of at most {allowed:,} {what}"
            raise LimitError(limit, f"{who} {share} here.")


def require_room(owner: str | None) -> None:
    """Raises a `LimitError` if a visitor keeps as many bytes as they may.

    Args:
        owner: The visitor's secret; `None`, the operator, may keep what fits on the disk.
    """
    if owner is not None:
        what = "MB of runs, conversations, lessons and models kept"
        require_below("stored_mb", digest(owner), stored_bytes, what, BYTES_A_MB)


def require_room_for_words(owner: str) -> None:
    """Raises a `LimitError` if a visitor's conversations alone are as large as all may be.

    Args:
        owner: The visitor's secret.
    """
    what = "MB of conversations kept"
    require_below("stored_mb", digest(owner), conversation_bytes, what, BYTES_A_MB)


def conversation_bytes(owners: set[str]) -> int:
    """Bytes of these visitors' conversations, given the digests of their secrets."""
    return sum(size_of(conversations_of(owner)) for owner in owners)


def stored_bytes(owners: set[str]) -> int:
    """Bytes of all that these visitors keep, given the digests of their secrets."""
    things = [run.path for run in list_runs() if run.config.owner in owners]
    things += [model.path for model in list_opened() if model.owner in owners]
    lessons = sum(path.stat().st_size for path in lessons_of(owners))
    return sum(map(size_of, things)) + lessons + conversation_bytes(owners)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder; 0 if there is none."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
