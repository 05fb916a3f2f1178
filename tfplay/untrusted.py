"""Files that may come from anywhere: looked at before they are read."""

import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import error as StructError
from typing import Any
from zipfile import BadZipFile

from tfplay.cutting import quoted
from tfplay.errors import InputError

MAX_RECORD_BYTES = 2_000_000
"""Of `config.json` and its like; ours have some thousand."""

MAX_VALUES = 3_000_000
"""Values in one file of JSON; in memory each takes many times as much as in the file."""

_BLOCK = 1 << 20
_MOST_OBJECTS, _MOST_LEVELS, _LONGEST_NAME = 10_000, 50, 256
"""Of groups and arrays in HDF5: Keras nests about 10 deep, and a layer has about 50 in all."""
_MAX_ATTRIBUTE_BYTES = 65_536

_DAMAGE = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    StructError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What NumPy, h5py and the zip module raise on a damaged file."""


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Tells of whatever goes wrong within it in one sentence about the file."""
    try:
        yield
    except InputError:
        raise
    except _DAMAGE as error:
        raise InputError(f"{path} is cut short or damaged.") from error


def require_small(path: Path, most_bytes: int) -> None:
    """Raises an `InputError` unless it is an ordinary file of the folder, and small enough to read.

    Args:
        path: The file.
        most_bytes: How large it may be.
    """
    size = file_size(path)
    if size > most_bytes:
        raise InputError(f"{path.name} has {size:,} bytes; such a file has {most_bytes:,} at most.")
    with path.open("rb") as stream:
        values = sum(
            block.count(b",") + block.count(b"{") + block.count(b"[")
            for block in iter(lambda: stream.read(_BLOCK), b"")
        )
    if values > MAX_VALUES:
        raise InputError(f"{path.name} has {values:,} values; such a file has far fewer.")


def file_size(path: Path) -> int:
    """Bytes of an ordinary file; links out of its folder, pipes and folders are refused."""
    try:
        status = path.stat()
        is_inside = path.resolve().parent.is_relative_to(path.parent.resolve())
    except ValueError as error:
        raise InputError(f"{quoted(str(path))} is no name of a file: {error}.") from error
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        reason = getattr(error, "strerror", None) or "it is a link to itself"
        raise InputError(f"{path} cannot be read: {reason}.") from error
    if not is_inside:
        raise InputError(f"{path.name} is a link out of its folder; put the file itself there.")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path.name} is not an ordinary file of its folder.")
    return status.st_size


def read_record(path: Path, most_bytes: int = MAX_RECORD_BYTES) -> dict[str, Any]:
    """The JSON object in a small file.

    Args:
        path: The file.
        most_bytes: How large it may be.

    Raises:
        InputError: It is missing, damaged, too large, or no object.
    """
    require_small(path, most_bytes)
    from tfplay.text.files import read_json  # with all of `text`, which takes half a second

    data = read_json(path)
    if not isinstance(data, dict):
        raise InputError(f"{path.name} is damaged: it is not a JSON object.")
    return data


def require_plain_group(path: Path, weights: Any) -> None:
    """Raises an `InputError` unless an HDF5 file has plain arrays only, each there as a whole.

    No link that leaves the tree is followed.

    Args:
        path: The file, for the sentence.
        weights: Its root, an `h5py.File`.
    """
    import h5py

    waiting, seen = [(weights, 0)], {h5py.h5o.get_info(weights.id).addr}
    while waiting:
        group, depth = waiting.pop()
        if len(seen) + len(group) > _MOST_OBJECTS:
            raise InputError(f"{path} is damaged: it has more than {_MOST_OBJECTS:,} arrays.")
        for name in group:
            is_link = not isinstance(group.get(name, getlink=True), h5py.HardLink)
            if is_link or len(name) > _LONGEST_NAME or depth == _MOST_LEVELS:
                raise InputError(f"{path} is damaged: {quoted(name)} in it is a link or too deep.")
            item = group[name]
            place = h5py.h5o.get_info(item.id).addr
            if place in seen:
                raise InputError(f"{path} is damaged: {quoted(name)} in it is there twice.")
            seen.add(place)
            _require_small_attributes(path, item)
            if isinstance(item, h5py.Group):
                waiting.append((item, depth + 1))
            elif isinstance(item, h5py.Dataset):
                _require_plain_dataset(path, item)
            else:
                raise InputError(f"{path} is damaged: {quoted(name)} in it is no array.")


def is_bfloat16(item: Any) -> bool:
    """Whether an HDF5 dataset is one of bfloat16, as Keras writes it: 2 bytes of no kind."""
    return item.dtype == "V2" and item.attrs.get("dtype") == "bfloat16"


def _require_plain_dataset(path: Path, item: Any) -> None:
    plan = item.id.get_create_plist()
    is_plain = (
        (item.dtype.kind in "biuf" or is_bfloat16(item))
        and not item.is_virtual
        and item.chunks is None
        and plan.get_nfilters() == 0
        and plan.get_external_count() == 0
    )
    if not is_plain or (item.size and item.id.get_storage_size() < item.nbytes):
        raise InputError(
            f"{path} is damaged: {quoted(item.name)} in it should have {item.nbytes:,} bytes of "
            "plain numbers, and has not."
        )


def _require_small_attributes(path: Path, item: Any) -> None:
    import h5py

    for name in item.attrs:
        if h5py.h5a.open(item.id, name.encode()).get_storage_size() > _MAX_ATTRIBUTE_BYTES:
            raise InputError(f"{path} is damaged: the attribute {quoted(name)} in it is too large.")
