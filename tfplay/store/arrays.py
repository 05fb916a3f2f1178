"""Arrays from files that may come from anywhere: looked at before any of their bytes are read."""

import zlib
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from struct import error as StructError
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.store.records import file_size

_DAMAGE = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    StructError,
    ValueError,
    zlib.error,
)
"""What NumPy, h5py and the zip module raise on a damaged file."""

_KINDS = "biufU"
_MAX_OBJECTS = 100_000
_MAX_ATTRIBUTE_BYTES = 65_536
_H5_NAME = "model.weights.h5"


@contextmanager
def damage_told(path: Path):
    """Tells of whatever goes wrong within it in one sentence about the file."""
    try:
        yield
    except InputError:
        raise
    except _DAMAGE as error:
        raise InputError(f"{path} is cut short or damaged.") from error


def read_arrays(
    path: Path, is_wanted: Callable[[str], bool] = lambda name: True
) -> dict[str, np.ndarray]:
    """The arrays of an `.npz` file as TFPlay writes it: not compressed, of plain numbers and texts.

    So an array takes no more memory than the file has bytes for it.

    Args:
        path: The file.
        is_wanted: Whether the array of a name is to be read.

    Raises:
        InputError: The file is missing or damaged.
    """
    file_size(path)
    with damage_told(path), ZipFile(path) as archive:
        members = {member.filename.removesuffix(".npy"): member for member in archive.infolist()}
        return {
            name: _read_array(path, archive, member)
            for name, member in members.items()
            if is_wanted(name)
        }


def require_stored(path: Path, member: ZipInfo) -> None:
    """Raises an `InputError` if a part of a zip file would grow when it is read."""
    if member.compress_type != ZIP_STORED or member.file_size > file_size(path):
        raise InputError(f"{path} is damaged: {quoted(member.filename)} in it is compressed.")


def require_bytes_for(path: Path, parameters: int) -> None:
    """Raises an `InputError` if a file is too small for so many float32 weights.

    A configuration may claim any size: nothing is built before its weights are known to be there.
    """
    size = file_size(path)
    if size < 4 * parameters:
        raise InputError(
            f"{path} does not have the weights of the model it should: {parameters:,} parameters "
            f"take {4 * parameters:,} bytes, and the file has {size:,}."
        )


def require_plain_keras_file(path: Path, parameters: int) -> None:
    """Raises an `InputError` unless Keras can read the weights without surprises.

    They must be plain arrays that stand in the file as they are: no links, nothing compressed, no
    array that the file has no bytes for.

    Args:
        path: A `.keras` file.
        parameters: Weights of the model that it should have.
    """
    import h5py

    require_bytes_for(path, parameters)
    with damage_told(path), ZipFile(path) as archive:
        require_stored(path, archive.getinfo(_H5_NAME))
        with archive.open(_H5_NAME) as stream, h5py.File(stream, "r") as weights:
            _require_plain_group(path, weights)


def _read_array(path: Path, archive: ZipFile, member: ZipInfo) -> np.ndarray:
    require_stored(path, member)
    with archive.open(member) as stream:
        shape, is_fortran, dtype = _read_header(stream)
        num_bytes = int(np.prod(shape, dtype=object)) * dtype.itemsize
        data = stream.read()  # a stored member has no more bytes than the file
    if dtype.kind not in _KINDS or len(data) != num_bytes:
        raise InputError(
            f"{path} is damaged: {quoted(member.filename)} in it should have {num_bytes:,} bytes "
            f"of {dtype}, and has {len(data):,}."
        )
    return np.frombuffer(data, dtype).reshape(shape, order="F" if is_fortran else "C")


def _read_header(stream: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype]:
    version = np.lib.format.read_magic(stream)
    if version == (1, 0):
        return np.lib.format.read_array_header_1_0(stream)
    return np.lib.format.read_array_header_2_0(stream)


def _require_plain_group(path: Path, weights: Any) -> None:
    """Every object below an HDF5 file's root, without following a link that leaves the tree."""
    import h5py

    waiting, seen = [weights], 0
    while waiting:
        group = waiting.pop()
        for name in group:
            seen += 1
            link = group.get(name, getlink=True)
            if not isinstance(link, h5py.HardLink) or seen > _MAX_OBJECTS:
                raise InputError(f"{path} is damaged: {quoted(name)} in it is a link or too much.")
            item = group[name]
            _require_small_attributes(path, item)
            if isinstance(item, h5py.Group):
                waiting.append(item)
            else:
                _require_plain_dataset(path, item)


def _require_plain_dataset(path: Path, item: Any) -> None:
    plan = item.id.get_create_plist()
    is_plain = (
        item.dtype.kind in "biuf"
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
