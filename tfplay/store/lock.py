"""Who trains a run holds its lock; the system lets go of it when that process ends, however.

Locks are `filelock`'s, on a descriptor of ours: Linux, macOS and Windows have these. Two things
differ between the systems, and are made of what they share:

- Windows lets nobody else read the byte that is locked, the first: who holds it signs behind it.
- Only exclusive locks are everywhere, so whoever asks takes the lock for a moment. All take turns
  at that, by a lock of its own: of two that ask at once neither takes the other for a holder.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import lock_descriptor

from tfplay.home import file_mode
from tfplay.store.files import writing_told

_NAME = "lock"

SECONDS_BETWEEN_BEATS = 1.0
SECONDS_BETWEEN_TRIES = 0.01
SECONDS_OF_A_TURN = 1.0
"""Whose turn takes longer was frozen in it, and is not waited for."""

_SIGNED_AT = 1  # bytes from the start
_LONGEST_SIGNATURE = 400  # bytes

SILENT_SECONDS = 15.0
"""A heart that has not beaten for so long has stopped."""


@contextmanager
def hold(folder: Path, name: str = _NAME) -> Iterator[None]:
    """Holds the folder's lock; waits until nobody else does.

    Args:
        folder: Where the lock is.
        name: Its file: the lock of who trains the run, or another.
    """
    path = folder / name
    descriptor = _open(path)
    try:
        while not _take(descriptor, path):
            time.sleep(SECONDS_BETWEEN_TRIES)
        _sign(descriptor)
        yield
        with suppress(OSError):
            os.ftruncate(descriptor, 0)  # who was killed leaves its name, who is done does not
    finally:
        os.close(descriptor)


def try_to_hold(path: Path) -> int | None:
    """Takes a lock until this process ends, or `os.close`; `None` if another process has it."""
    descriptor = _open(path)
    if not _take(descriptor, path):
        os.close(descriptor)
        return None
    _sign(descriptor)
    return descriptor


def is_held(folder: Path, name: str = _NAME) -> bool:
    """Whether a living process of this machine holds the folder's lock."""
    path = folder / name
    # "r+b": some network disks lock only what can be written. It is closed before the turn ends.
    with suppress(OSError), _turn(path), path.open("r+b") as lock:
        return not lock_descriptor(lock.fileno(), blocking=False)
    return False  # nobody ever held it, or the folder is damaged or read-only


def last_holder(folder: Path, name: str = _NAME) -> tuple[str, int] | None:
    """Machine and process id of who held the lock last; `None` if nobody did."""
    with suppress(OSError, ValueError), open(folder / name, "rb", buffering=0) as lock:
        lock.seek(_SIGNED_AT)
        machine, pid = lock.read(_LONGEST_SIGNATURE).decode().split()
        return (machine, int(pid)) if int(pid) > 0 else None
    return None


def _open(path: Path) -> int:
    """Opens a lock that is to be taken; who only asks makes no files."""
    with writing_told(path):
        _turn_file(path).touch(file_mode(path))
        return os.open(path, os.O_RDWR | os.O_CREAT, file_mode(path))


def _take(descriptor: int, path: Path) -> bool:
    """Takes an open file's lock until it is closed; false if another has it."""
    with writing_told(path), _turn(path):
        return lock_descriptor(descriptor, blocking=False)


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Within it, no other process asks whether a lock is held, or takes it."""
    with _turn_file(path).open("r+b") as turn:
        latest = time.monotonic() + SECONDS_OF_A_TURN
        while not lock_descriptor(turn.fileno(), blocking=False) and time.monotonic() < latest:
            time.sleep(SECONDS_BETWEEN_TRIES)
        yield


def _turn_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.turn")


def _sign(descriptor: int) -> None:
    with suppress(OSError):  # a full disk is no reason not to lock
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, _SIGNED_AT, os.SEEK_SET)
        os.write(descriptor, f"{socket.gethostname()} {os.getpid()}\n".encode())


@contextmanager
def beating(path: Path) -> Iterator[None]:
    """Touches a file every second, to say that this process is alive and not frozen."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(SECONDS_BETWEEN_BEATS):
            with suppress(OSError):  # the folder may be gone; who trains in it will notice
                os.utime(path)

    with writing_told(path):
        path.touch(file_mode(path))
    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def is_silent(path: Path) -> bool:
    """Whether a heart that once beat has stopped."""
    try:
        return time.time() - path.stat().st_mtime > SILENT_SECONDS
    except OSError:
        return False
