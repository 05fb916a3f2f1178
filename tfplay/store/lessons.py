"""Where the lessons that visitors write are kept: a file each, named by an id nobody can guess."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.text.files import read_json


def lesson_path(lesson_id: str) -> Path:
    """The file of a lesson that a visitor writes."""
    return _folder() / f"{lesson_id}.json"


def lessons_of(owners: set[str]) -> list[Path]:
    """The files of all lessons that these visitors write, given the digests of their secrets."""
    return [path for path, owner in written_lessons() if owner in owners]


def written_lessons() -> Iterator[tuple[Path, str | None]]:
    """Every lesson's file, and whose it is, as `writer_of` says."""
    for path in _folder().glob("*.json"):
        yield path, writer_of(path)


def writer_of(path: Path) -> str | None:
    """The digest of the secret of a lesson's writer; `None` if its file is damaged or gone."""
    with suppress(InputError, KeyError, TypeError):
        return _read_writer(path)
    return None


@lru_cache(maxsize=4096)
def _read_writer(path: Path) -> str:
    """A lesson never changes hands, so this is read once."""
    return str(read_json(path)["owner"])


def _folder() -> Path:
    return home() / "written-lessons"
