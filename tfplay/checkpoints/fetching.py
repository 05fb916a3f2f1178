"""What all fetching of published models has in common."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tfplay.errors import InputError

OnProgress = Callable[[int, int], None]
"""Called with the bytes fetched so far and the total."""

IsCancelled = Callable[[], bool]
"""Asked several times a second whether somebody does not want it any more."""


class Cancelled(Exception):
    """Somebody does not want it any more."""


def require_room(title: str, num_bytes: int, folder: Path) -> None:
    """Raises an `InputError` unless a disk has so many bytes left."""
    free = shutil.disk_usage(folder).free
    if free < num_bytes:
        raise InputError(
            f"{title} needs {num_bytes / 1e6:,.0f} MB of the disk while it is fetched, and "
            f"{free / 1e6:,.0f} MB are free."
        )
