"""Who trains a run holds its lock; the system lets go of it when that process ends, however."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "lock"


@contextmanager
def hold(folder: Path) -> Iterator[int]:
    """Holds the folder's lock.

    Yields:
        The lock's file descriptor: a child process that inherits it holds the lock too, and goes on
        holding it after this process has let go.
    """
    descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(folder: Path) -> bool:
    """Whether a living process holds the folder's lock."""
    try:
        with open(folder / _NAME, "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
