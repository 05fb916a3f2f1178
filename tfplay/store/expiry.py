"""What was not changed for long is deleted where strangers share a server."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.hosting import limits_here
from tfplay.store.conversations.folder import FILES
from tfplay.store.digest import digest
from tfplay.store.lessons import written_lessons
from tfplay.store.opened import list_opened
from tfplay.store.run import Run
from tfplay.store.runs import delete_run, list_runs
from tfplay.store.visitors import Visitors, conversations_of


class Kept(NamedTuple):
    """A visitor's thing, which does not stay for ever."""

    path: Path
    changed: datetime
    owner: str | None = None
    """The digest of the visitor's secret; `None` of a file whose own or folder's name it is."""
    run: Run | None = None
    """The run that it is, if it is one."""


def expire_old(taken: Collection[str] = ()) -> list[Path]:
    """Deletes what visitors have not changed for long.

    That is runs, copies of models, conversations, lessons that they write, and how far they have
    come in lessons.

    What the operator made on the command line stays, and a run that trains.

    Args:
        taken: Ids of lessons that stay, as classes take them.

    Returns:
        What was deleted.
    """
    limits = limits_here()
    if limits is None:
        return []
    age = timedelta(days=limits.days)
    last = datetime.now().astimezone() - age
    old = [kept for kept in _all_kept() if kept.changed < last and kept.path.stem not in taken]
    deleted = [kept.path for kept in old if _delete(kept)]
    Visitors().forget_before(last.timestamp())
    return deleted


def next_to_expire(secret: str) -> datetime | None:
    """When the first of a visitor's things will be deleted; `None` if nothing will.

    Args:
        secret: The visitor's.
    """
    limits = limits_here()
    if limits is None:
        return None
    owner = digest(secret)
    mine = [kept.changed for kept in _with_owner() if kept.owner == owner]
    mine += [kept.changed for kept in _files(conversations_of(owner))]
    return min(mine) + timedelta(days=limits.days) if mine else None


def _all_kept() -> Iterator[Kept]:
    yield from _with_owner()
    for folder in [*(home() / "conversations").glob("*/"), home() / "lessons"]:
        yield from _files(folder)


def _with_owner() -> Iterator[Kept]:
    for run in list_runs():
        if run.config.owner is not None and not run.status().is_active:
            yield Kept(run.path, _changed(run.path), run.config.owner, run)
    for model in list_opened():
        if model.owner is not None:
            yield Kept(model.path, _changed(model.path), model.owner)
    for path, owner in written_lessons():
        yield Kept(path, _changed(path), owner)


def _files(folder: Path) -> Iterator[Kept]:
    for path in folder.glob(FILES):
        with suppress(OSError):  # it was just deleted
            yield Kept(path, _changed(path))


def _changed(path: Path) -> datetime:
    """When a file, or any file directly in a folder, was last written."""
    files = [*path.glob("*.*"), path]
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in files)).astimezone()


def _delete(kept: Kept) -> bool:
    """Whether it could be deleted; on a read-only disk it stays."""
    try:
        if kept.run:
            delete_run(kept.run)
        elif kept.path.is_dir():
            shutil.rmtree(kept.path)
        else:
            kept.path.unlink()
    except (InputError, OSError):
        return False
    return True
