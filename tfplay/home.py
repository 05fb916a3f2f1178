"""The place where everything is kept, and that only its owner can read it."""

import errno
import os
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def home() -> Path:
    """The folder of all that is kept: the environment's `TFPLAY_HOME`, or `~/.tfplay`."""
    return Path(os.environ.get("TFPLAY_HOME") or "~/.tfplay").expanduser().absolute()


def is_at_home(path: Path) -> bool:
    """Whether it is `home()`, or lies in it."""
    return path.absolute().is_relative_to(home())


def make_folder(path: Path) -> None:
    """Makes a folder and those it lies in, as far as they are not there; private ones at home."""
    if path.is_file():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(PRIVATE_FOLDER if is_at_home(path) else 0o777, exist_ok=True)


def file_mode(path: Path) -> int:
    """With which permissions a new file is to be made: private ones at home."""
    return PRIVATE_FILE if is_at_home(path) else 0o666


def keep_private(path: Path) -> None:
    """Takes a file, or a folder with all that is in it, from all other users if it is at home.

    Where a system knows no such permissions, nothing changes.
    """
    if not is_at_home(path):
        return
    inside = [each for each in path.rglob("*") if not each.is_symlink()]
    for each in (path, *inside):
        with suppress(OSError):  # gone meanwhile, not ours to change, or on a read-only disk
            each.chmod(PRIVATE_FOLDER if each.is_dir() else PRIVATE_FILE)
