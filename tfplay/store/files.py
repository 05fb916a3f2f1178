"""Files that are there whole or not at all, and the place where everything is kept."""

import json
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.home import file_mode
from tfplay.text.files import draft


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
    try:
        path.touch(file_mode(path))
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(data) + "\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error


def write_json_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    """Writes a JSON-lines file, whole or not at all.

    Raises:
        InputError: It cannot be written.
    """
    with draft(path) as place:
        place.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file; a last line still being written is left out."""
    if not path.exists():
        return []
    whole_lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [json.loads(line) for line in whole_lines]
