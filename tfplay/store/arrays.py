"""Arrays from files that may come from anywhere: looked at before any of their bytes are read."""

from collections.abc import Callable
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import damage_told, file_size, require_plain_group

_KINDS = "biufU"
_H5_NAME = "model.weights.h5"


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


def require_whole(path: Path) -> None:
    """Raises an `InputError` unless every array of an `.npz` file has as many bytes as it needs.

    It is quick: what the bytes are is not looked at.
    """
    file_size(path)
    with damage_told(path), ZipFile(path) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                _read_header(path, member, stream)


def require_stored(path: Path, member: ZipInfo) -> None:
    """Raises an `InputError` if a part of a zip file would grow when it is read."""
    if member.compress_type != ZIP_STORED or member.file_size > file_size(path):
        raise InputError(f"{path} is damaged: {quoted(member.filename)} in it is compressed.")


def require_bytes_for(path: Path, parameters: int, bytes_each: int = 4) -> None:
    """Raises an `InputError` if a file is too small for so many weights.

    A configuration may claim any size: nothing is built before its weights are known to be there.

    Args:
        path: The file.
        parameters: How many weights it should have.
        bytes_each: The fewest bytes that each takes; float32 takes 4.
    """
    size, needed = file_size(path), bytes_each * parameters
    if size < needed:
        raise InputError(
            f"{path} does not have the weights of the model it should: {parameters:,} parameters "
            f"take {needed:,} bytes, and the file has {size:,}."
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

    require_bytes_for(path, parameters, bytes_each=2)  # shipped models are in float16
    with damage_told(path), ZipFile(path) as archive:
        require_stored(path, archive.getinfo(_H5_NAME))
        with archive.open(_H5_NAME) as stream, h5py.File(stream, "r") as weights:
            require_plain_group(path, weights)


def _read_array(path: Path, archive: ZipFile, member: ZipInfo) -> np.ndarray:
    with archive.open(member) as stream:
        shape, is_fortran, dtype = _read_header(path, member, stream)
        data = stream.read()
    return np.frombuffer(data, dtype).reshape(shape, order="F" if is_fortran else "C")


def _read_header(
    path: Path, member: ZipInfo, stream: IO[bytes]
) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Shape, order and type of an array; all that follows in the stream are its bytes."""
    require_stored(path, member)  # so it has no more bytes than the file
    is_first = np.lib.format.read_magic(stream) == (1, 0)
    read = np.lib.format.read_array_header_1_0 if is_first else np.lib.format.read_array_header_2_0
    shape, is_fortran, dtype = read(stream)
    num_bytes = int(np.prod(shape, dtype=object)) * dtype.itemsize
    left = member.file_size - stream.tell()
    if dtype.kind not in _KINDS or left != num_bytes:
        raise InputError(
            f"{path} is damaged: {quoted(member.filename)} in it should have {num_bytes:,} bytes "
            f"of {dtype}, and has {left:,}."
        )
    return shape, is_fortran, dtype
