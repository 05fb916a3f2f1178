"""Who trains a run holds its lock; the system lets go of it when that process ends, however."""

import fcntl
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tfplay.home import file_mode

_NAME = "lock"

SECONDS_BETWEEN_BEATS = 1.0
SILENT_SECONDS = 15.0
"""A heart that has not beaten for so long has stopped."""


@contextmanager
def hold(folder: Path, name: str = _NAME) -> Iterator[int]:
    """Holds the folder's lock.

    Args:
        folder: Where the lock is.
        name: Its file: the lock of who trains the run, or another.

    Yields:
        The lock's file descriptor: a child process that inherits it holds the lock too, and goes on
        holding it after this process has let go.
    """
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, file_mode(folder))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _sign(descriptor)
        yield descriptor
        os.ftruncate(descriptor, 0)  # who was killed leaves its name, who is done does not
    finally:
        os.close(descriptor)


def try_to_hold(path: Path) -> int | None:
    """Takes a lock until this process ends, or `os.close`; `None` if another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, file_mode(path))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    _sign(descriptor)
    return descriptor


def is_held(folder: Path, name: str = _NAME) -> bool:
    """Whether a living process of this machine holds the folder's lock."""
    try:
        with open(folder / name, "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def last_holder(folder: Path, name: str = _NAME) -> tuple[str, int] | None:
    """Machine and process id of who held the lock last; `None` if nobody did."""
    with suppress(FileNotFoundError, ValueError):
        machine, pid = (folder / name).read_text(encoding="utf-8").split()
        return machine, int(pid)
    return None


def _sign(descriptor: int) -> None:
    with suppress(OSError):  # a full disk is no reason not to lock
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{socket.gethostname()} {os.getpid()}\n".encode(), 0)


@contextmanager
def beating(path: Path) -> Iterator[None]:
    """Touches a file every second, to say that this process is alive and not frozen."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(SECONDS_BETWEEN_BEATS):
            with suppress(OSError):  # the folder may be gone; who trains in it will notice
                os.utime(path)

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
    except FileNotFoundError:
        return False
