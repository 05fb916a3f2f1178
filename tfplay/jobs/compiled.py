"""Compiled training steps are kept: a second training of the same shape compiles nothing.

TensorFlow writes each step that XLA compiled into a folder, and reads it there when the same step
is traced again. But it fails on a damaged file and on a folder that cannot be written, and it runs
what another kind of processor compiled. So each kind of machine has a folder of its own here, and
each file a checksum beside it.
"""

import hashlib
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import psutil

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.home import home, keep_private, make_folder

LIMIT = "TFPLAY_COMPILED_MB"
DEFAULT_MEGABYTES = 100
"""A dozen steps of the Train page's default model."""

SMALLEST_ROOM = 500_000_000
"""With fewer bytes free on the disk nothing is kept: what trains needs them."""

FLAGS = "TF_XLA_FLAGS"
_FOLDER_FLAG = "--tf_xla_persistent_cache_directory"
_CPU_ALONE = "--tf_xla_persistent_cache_device_types=CPU"
_CHECKSUM = ".sha256"


def kept_bytes() -> int:
    """How much may be kept; 0 is nothing.

    Raises:
        InputError: The environment's `TFPLAY_COMPILED_MB` is no whole number.
    """
    megabytes = os.environ.get(LIMIT) or str(DEFAULT_MEGABYTES)
    if not megabytes.isdecimal():
        raise InputError(f"{LIMIT} is {quoted(megabytes)}; it must be a whole number from 0.")
    return int(megabytes) * 1_000_000


@contextmanager
def compiled_steps_kept() -> Iterator[None]:
    """Within it, what XLA compiles is kept at home and what was kept there is used.

    To be entered before TensorFlow computes anything: it reads its flags once. If they name a
    folder already, that one is used as it is.
    """
    flags, limit = os.environ.get(FLAGS, ""), kept_bytes()
    everything = home() / "compiled"
    folder = everything / _kind_of_machine()
    if not limit or _FOLDER_FLAG in flags or not _is_made_ready(folder):
        yield
        return
    os.environ[FLAGS] = f"{flags} {_FOLDER_FLAG}={folder} {_CPU_ALONE}"
    try:
        yield
    finally:
        with suppress(OSError):  # on a full disk they are compiled anew the next time
            write_checksums(folder)
            remove_oldest(everything, limit)


def _kind_of_machine() -> str:
    """Another for every version of TensorFlow, setting of XLA and kind of processor."""
    kind = [version("tensorflow"), os.environ.get("XLA_FLAGS", ""), platform.processor()]
    with suppress(OSError):  # only Linux has it
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        kind += sorted({line for line in lines if line.startswith(("flags", "Features"))})
    return hashlib.sha256("\n".join(kind).encode()).hexdigest()[:16]


def _is_made_ready(folder: Path) -> bool:
    """Whether TensorFlow can use the folder; what is damaged is gone from it."""
    try:
        make_folder(folder)
        remove_damaged(folder)
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > SMALLEST_ROOM
    except OSError:
        return False


def remove_damaged(folder: Path) -> None:
    """Removes files that are not what their checksums say.

    A file without one is of a training that goes on or was killed. TensorFlow renames it when it is
    whole, so only a machine that went down can have damaged it.
    """
    for path in folder.glob("*.pb"):
        checksum = _checksum_path(path)
        if checksum.exists():
            is_whole = checksum.read_text(encoding="ascii", errors="replace") == _checksum(path)
        else:
            is_whole = path.stat().st_mtime > psutil.boot_time()
        if not is_whole:
            path.unlink(missing_ok=True)
            checksum.unlink(missing_ok=True)


def write_checksums(folder: Path) -> None:
    """Gives each file that has none its checksum."""
    for path in folder.glob("*.pb"):
        if not _checksum_path(path).exists():
            _checksum_path(path).write_text(_checksum(path), encoding="ascii")
    keep_private(folder)


def remove_oldest(folder: Path, limit: int) -> None:
    """Removes files until all in the folder and its folders together have at most `limit` bytes."""
    paths = sorted(folder.rglob("*.pb"), key=lambda path: path.stat().st_mtime)
    size = sum(path.stat().st_size for path in paths)
    for path in paths:
        if size <= limit:
            return
        size -= path.stat().st_size
        path.unlink(missing_ok=True)
        _checksum_path(path).unlink(missing_ok=True)


def _checksum_path(path: Path) -> Path:
    return path.with_suffix(_CHECKSUM)


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
