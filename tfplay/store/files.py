"""Files that are there whole or not at all, and the place where everything is kept."""

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.home import file_mode
from tfplay.text.files import DRAFT_PREFIX, draft


@contextmanager
def writing_told(path: Path) -> Iterator[None]:
    """Tells in one sentence that a file or folder cannot be written.

    Raises:
        InputError: Something within it failed, on a read-only disk for example.
    """
    try:
        yield
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error


def write_json(path: Path, data: Any) -> None:
    """Writes a JSON file, whole or not at all.

    Raises:
        InputError: It cannot be written.
    """
    with draft(path) as place:
        place.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def append_json_line(path: Path, data: dict[str, Any]) -> None:
    """Adds one line to a JSON-lines file.

    Raises:
        InputError: It cannot be written.
    """
    line = json.dumps(data) + "\n"
    with writing_told(path):
        path.touch(file_mode(path))
        with path.open("ab", buffering=0) as stream:
            end = stream.tell()
            if stream.write(line.encode()) < len(line):
                os.truncate(path, end)  # half a line would spoil the next one
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def write_json_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    """Writes a JSON-lines file, whole or not at all.

    Raises:
        InputError: It cannot be written.
    """
    with draft(path) as place:
        place.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def remove_drafts(folder: Path, seconds: float) -> None:
    """Removes what a killed process was writing in a folder and never finished.

    Args:
        folder: Where it wrote.
        seconds: What is younger may still be written by a living process.
    """
    for path in folder.glob(f"{DRAFT_PREFIX}*"):
        with suppress(OSError):  # it may be gone already
            if time.time() - path.stat().st_mtime > seconds:
                shutil.rmtree(path)
