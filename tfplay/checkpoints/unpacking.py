"""Takes files out of archives that may come from anywhere."""

import stat
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from tfplay.checkpoints.fetching import require_room
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import damage_told

_CHUNK_BYTES = 1 << 20
_MOST_MEMBERS = 1000
_MOST_TIMES = 50
"""Weights hardly shrink, and vocabularies to a tenth: more than this is no model."""


def unpack(archive: Path, folder: Path) -> Path:
    """The model's files in a zip file, unpacked into a folder of their own.

    Args:
        archive: With the files of a model, which may lie in a folder in it.
        folder: A new one.

    Returns:
        Where the files lie: the folder, or the one that the archive has.

    Raises:
        InputError: It is damaged, names files outside of the folder, has links, or is too large.

    Example::

        unpack(Path("bert-tiny.zip"), Path("bert-tiny"))
    """
    with damage_told(archive):
        folder.mkdir()
        with ZipFile(archive) as opened:
            members = [each for each in opened.infolist() if not _is_left_out(each)]
            _require_harmless(archive, members)
            require_room(archive.name, sum(each.file_size for each in members), folder)
            for member in members:
                place = folder / member.filename
                place.parent.mkdir(parents=True, exist_ok=True)
                take(opened, member.filename, place, member.file_size)
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def take(archive: ZipFile, member: str, path: Path, size: int) -> None:
    """Writes a member of an archive, of exactly that many bytes, to a file."""
    with archive.open(member) as stream, path.open("wb") as output:
        left = size + 1
        while left > 0 and (chunk := stream.read(min(left, _CHUNK_BYTES))):
            left -= len(chunk)
            output.write(chunk)
    if left != 1:
        raise InputError(f"{archive.filename} is damaged: {member} in it has not {size:,} bytes.")


def _is_left_out(member: ZipInfo) -> bool:
    """Folders, which the names of files tell, and what macOS adds."""
    return member.is_dir() or member.filename.startswith("__MACOSX/")


def _require_harmless(archive: Path, members: list[ZipInfo]) -> None:
    if len(members) > _MOST_MEMBERS:
        raise InputError(f"{archive.name} has {len(members):,} files; a model has far fewer.")
    for member in members:
        path, mode = PurePosixPath(member.filename), member.external_attr >> 16
        is_outside = path.is_absolute() or ".." in path.parts
        if is_outside or "\\" in member.filename or ":" in member.filename or stat.S_ISLNK(mode):
            raise InputError(
                f"{archive.name} is none to unpack: {quoted(member.filename)} in it is a link, or "
                "leads out of its folder."
            )
    size = sum(member.file_size for member in members)
    if size > _MOST_TIMES * archive.stat().st_size:
        raise InputError(
            f"{archive.name} would be {size / 1e6:,.0f} MB unpacked, more than {_MOST_TIMES} times "
            "its size; no model shrinks so much."
        )
