"""Who trains a run holds its lock; the system lets go of it when that process ends, however."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tfplay.home import file_mode
from tfplay.store.files import writing_told

fcntl: ModuleType | None = None
with suppress(ImportError):  # Windows, for one, has none
    fcntl = import_module("fcntl")

_NAME = "lock"

SECONDS_BETWEEN_BEATS = 1.0
SECONDS_BETWEEN_TRIES = 0.01
_LONGEST_SIGNATURE = 400  # bytes

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
    descriptor = _open(folder / name)
    try:
        _wait_for(descriptor, folder / name)
        _sign(descriptor)
        yield descriptor
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
    try:
        with open(folder / name, "rb") as lock:
            return not _take(lock.fileno(), folder / name, is_shared=True)
    except OSError:  # there is none, or the folder is damaged
        return False


def last_holder(folder: Path, name: str = _NAME) -> tuple[str, int] | None:
    """Machine and process id of who held the lock last; `None` if nobody did."""
    with suppress(OSError, ValueError), open(folder / name, "rb") as lock:
        machine, pid = lock.read(_LONGEST_SIGNATURE).decode().split()
        return (machine, int(pid)) if int(pid) > 0 else None
    return None


def _open(path: Path) -> int:
    with writing_told(path):
        return os.open(path, os.O_RDWR | os.O_CREAT, file_mode(path))


def _wait_for(descriptor: int, path: Path) -> None:
    """Takes an open file's lock as soon as nobody else has it."""
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # in turn: whoever only asks does not go before
        return
    while not _take(descriptor, path):
        time.sleep(SECONDS_BETWEEN_TRIES)


def _take(descriptor: int, path: Path, is_shared: bool = False) -> bool:
    """Takes an open file's lock until it is closed; false if another has it.

    Where the system has no such locks, a lock is held as long as the process lives that signed it;
    of two that come at the very same moment both may get it.
    """
    if fcntl is None:
        holder = last_holder(path.parent, path.name)
        return holder is None or not _lives(holder[1])
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(pid: int) -> bool:
    if os.name == "nt":  # there, os.kill ends the process
        import psutil

        return psutil.pid_exists(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _sign(descriptor: int) -> None:
    with suppress(OSError):  # a full disk is no reason not to lock
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
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
