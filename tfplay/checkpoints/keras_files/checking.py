"""Looks at a Keras file that may come from anywhere; nothing of it is run, and no weight is read.

`python -m tfplay.checkpoints.keras_files.checking PATH` prints what is in the file as one line of
JSON: in a process of its own, so that whatever a file does to the libraries ends there.
"""

import json
import re
import stat
import struct
import sys
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from tfplay.checkpoints.sources.mapped import BFLOAT16, checked_name, checked_shape, require_apart
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import damage_told, file_size, is_bfloat16, require_plain_group

CONFIG, METADATA, WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
VOCABULARY = "vocabulary.txt"

_MOST_MEMBERS = 1000
_MOST_RECORD_BYTES = 4_000_000
_MOST_VOCABULARY_BYTES = 20_000_000
_MOST_TIMES = 200
"""JSON shrinks to a hundredth at best."""
_DEEPEST = 100
_LONGEST_NAME = 512
_MOST_VALUES = 200_000
_LONGEST_TEXT = 10_000
"""Of a text in the configuration; a docstring of a user's class is no part of it."""
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_HARMLESS = re.compile(r"assets/(?:[\w.-]+/)*[\w.-]+")
_PLAIN_FORM = "Save it with model.save('model.keras') as Keras does by itself."

Checked = dict[str, Any]
"""`config` (or `None`), `keras_version`, `weights` (name, shape, dtype, offset in the file),
`layers` (paths, also of those without weights) and `vocabularies` (lines by their layer's path)."""


def check(path: Path) -> Checked:
    """What a `.keras` or a `.weights.h5` file has, with every claim in it checked.

    Raises:
        InputError: It is missing or damaged, has something that a model does not need, or is far
            larger than it should be.
    """
    size = file_size(path)
    with damage_told(path), path.open("rb") as stream:
        if path.suffix.lower() == ".h5":
            found = _check_weights(path, stream, 0, size)
            return found | {"config": None, "keras_version": "", "vocabularies": {}}
        return _check_archive(path, stream)


def _check_archive(path: Path, stream: IO[bytes]) -> Checked:
    with ZipFile(stream) as archive:
        members = {each.filename: each for each in archive.infolist() if not each.is_dir()}
        _require_harmless(path, archive.infolist(), members)
        if WEIGHTS not in members or CONFIG not in members:
            raise InputError(
                f"{path.name} is no Keras file: it lacks {CONFIG} or {WEIGHTS}. {_PLAIN_FORM}"
            )
        config = _read_json(path, archive, members[CONFIG])
        metadata = _read_json(path, archive, members[METADATA]) if METADATA in members else {}
        version = str(metadata.get("keras_version", "")) if isinstance(metadata, dict) else ""
        vocabularies = {
            str(PurePosixPath(name).parent.relative_to("assets")): _read_lines(path, archive, each)
            for name, each in members.items()
            if PurePosixPath(name).name == VOCABULARY and "_lookup_layer" not in name
        }
        offset = _place_of(path, archive, stream, members[WEIGHTS])
    return _check_weights(path, stream, offset, members[WEIGHTS].file_size) | {
        "config": config,
        "keras_version": version if re.fullmatch(r"[\w.+-]{1,40}", version) else "",
        "vocabularies": vocabularies,
    }


def _require_harmless(path: Path, infos: list[ZipInfo], members: dict[str, ZipInfo]) -> None:
    if len(infos) > _MOST_MEMBERS:
        raise InputError(f"{path.name} has {len(infos):,} files; a model has far fewer.")
    if len(members) < sum(not each.is_dir() for each in infos):
        raise InputError(f"{path.name} is damaged: it has two files of the same name.")
    for name, member in members.items():
        is_known = name in (CONFIG, METADATA, WEIGHTS) or _HARMLESS.fullmatch(name)
        if not is_known or ".." in PurePosixPath(name).parts or len(name) > _LONGEST_NAME:
            raise InputError(f"{path.name} has a file {quoted(name)}, which no Keras model has.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise InputError(f"{path.name} is none to open: {quoted(name)} in it is a link.")
        if member.flag_bits & 1:
            raise InputError(f"{path.name} is none to open: {quoted(name)} in it is encrypted.")
        if member.file_size > _MOST_TIMES * max(member.compress_size, 1000):
            raise InputError(
                f"{path.name} is none to open: {quoted(name)} in it would be "
                f"{member.file_size / 1e6:,.0f} MB, more than {_MOST_TIMES} times its size here."
            )


def _read_member(path: Path, archive: ZipFile, member: ZipInfo, most: int) -> bytes:
    if member.file_size > most:
        raise InputError(
            f"{path.name} is none to open: {quoted(member.filename)} in it has "
            f"{member.file_size:,} bytes; the most is {most:,}."
        )
    with archive.open(member) as stream:
        data = stream.read(most + 1)
    if len(data) != member.file_size:
        raise InputError(
            f"{path.name} is damaged: {member.filename} in it has not {member.file_size:,} bytes."
        )
    return data


def _read_json(path: Path, archive: ZipFile, member: ZipInfo) -> Any:
    data = _read_member(path, archive, member, _MOST_RECORD_BYTES)
    values = data.count(b",") + data.count(b"{") + data.count(b"[")
    if values > _MOST_VALUES:
        raise InputError(f"{path.name}: {member.filename} in it has {values:,} values, too many.")
    if _deepest(data) > _DEEPEST:
        raise InputError(f"{path.name}: {member.filename} in it is nested more than {_DEEPEST}.")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path.name} is damaged: {member.filename} in it is not JSON.") from error
    _require_short_texts(path, member.filename, value)
    return value


def _deepest(data: bytes) -> int:
    """At most how deep brackets are nested, those in texts counted too."""
    steps = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
    depth = deepest = 0
    for byte in re.findall(rb"[\[\]{}]", data):
        depth += steps[byte[0]]
        deepest = max(deepest, depth)
    return deepest


def _require_short_texts(path: Path, member: str, value: Any) -> None:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and len(each) > _LONGEST_TEXT:
            raise InputError(f"{path.name}: {member} in it has a text of {len(each):,} letters.")


def _read_lines(path: Path, archive: ZipFile, member: ZipInfo) -> list[str]:
    data = _read_member(path, archive, member, _MOST_VOCABULARY_BYTES)
    try:
        return data.decode().split("\n")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is damaged: {quoted(member.filename)} in it is not UTF-8."
        ) from error


def _place_of(path: Path, archive: ZipFile, stream: IO[bytes], member: ZipInfo) -> int:
    """Where the weights begin in the file: Keras stores them as they are."""
    if member.compress_type != ZIP_STORED or member.compress_size != member.file_size:
        raise InputError(
            f"{path.name} has its weights compressed, which Keras does not do. {_PLAIN_FORM}"
        )
    stream.seek(member.header_offset)
    magic, name_length, extra_length = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
    offset = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    if magic != b"PK\3\4" or offset + member.file_size > archive.start_dir:
        raise InputError(f"{path.name} is cut short or damaged: its weights are not whole.")
    return offset


class _Window:
    """Part of a file, as a file that h5py reads.

    Args:
        stream: The whole file.
        offset: Where the part begins.
        size: How many bytes it has.
    """

    def __init__(self, stream: IO[bytes], offset: int, size: int):
        self.stream, self.offset, self.size, self.position = stream, offset, size, 0

    def seek(self, position: int, whence: int = 0) -> int:
        self.position = position + (0, self.position, self.size)[whence]
        return self.position

    def tell(self) -> int:
        return self.position

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        self.stream.seek(self.offset + self.position)
        count = self.stream.readinto(view[: max(0, self.size - self.position)])  # type: ignore[attr-defined]
        self.position += count
        return count

    def read(self, count: int = -1) -> bytes:
        left = max(0, self.size - self.position)
        data = bytearray(left if count < 0 else min(count, left))
        return bytes(data[: self.readinto(data)])


def _check_weights(path: Path, stream: IO[bytes], offset: int, size: int) -> Checked:
    """Name, shape, type of numbers and place in the whole file of every array; and all layers."""
    import h5py

    weights: list[list[Any]] = []
    layers: list[str] = []
    places: list[tuple[int, int, str]] = []

    def add(name: str, item: Any) -> None:
        checked_name(path, name)
        if not isinstance(item, h5py.Dataset):
            layers.extend([name.removesuffix("/vars")] * name.endswith("/vars"))
            return
        shape = checked_shape(path, name, item.shape)
        dtype = BFLOAT16 if is_bfloat16(item) else item.dtype
        start = item.id.get_offset() if item.size else 0
        if start is None or not item.id.get_type().equal(h5py.h5t.py_create(item.dtype)):
            raise InputError(
                f"{path.name} is damaged: {quoted(name)} in it is no plain array of numbers."
            )
        if item.size:
            places.append((start, start + item.nbytes, name))
        kind = "bfloat16" if dtype == BFLOAT16 else np.dtype(dtype).str
        weights.append([name, list(shape), kind, offset + start])

    with h5py.File(_Window(stream, offset, size), "r") as root:
        require_plain_group(path, root)
        root.visititems(add)
    require_apart(path, places, size)
    return {"weights": weights, "layers": layers}


def main() -> None:
    """Prints what is in a file, or the sentence that says why it is refused."""
    try:
        answer: Any = check(Path(sys.argv[1]))
    except InputError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
