"""The small files of a run folder, which may come from anywhere: read only if they can be ours."""

import json
import math
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.files import read_json

MAX_RECORD_BYTES = 2_000_000
"""Of `config.json` and its like; ours have some thousand."""

MAX_LINES_BYTES = 32_000_000
"""Of `metrics.jsonl` and its like: the longest training leaves some megabytes."""

MAX_TOKENIZER_BYTES = 64_000_000
MAX_VALUES = 3_000_000
"""Values in one file of JSON; in memory each takes many times as much as in the file."""

_BLOCK = 1 << 20


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
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        reason = getattr(error, "strerror", None) or "it is a link to itself"
        raise InputError(f"{path} cannot be read: {reason}.") from error
    if not stat.S_ISREG(status.st_mode) or not is_inside:
        raise InputError(f"{path.name} is not an ordinary file of its folder.")
    return status.st_size


def read_record(path: Path) -> dict[str, Any]:
    """The JSON object in a small file.

    Raises:
        InputError: It is missing, damaged, too large, or no object.
    """
    require_small(path, MAX_RECORD_BYTES)
    data = read_json(path)
    if not isinstance(data, dict):
        raise InputError(f"{path.name} is damaged: it is not a JSON object.")
    return data


def read_record_lines(path: Path, check: Callable[[dict[str, Any]], None]) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file; a last line still being written is left out.

    Args:
        path: The file; there are no lines if it is not there.
        check: Raises an `InputError` if an object is not what a line should be.

    Raises:
        InputError: A line is damaged, or the file is too large.
    """
    if not path.exists() and not path.is_symlink():
        return []
    require_small(path, MAX_LINES_BYTES)
    with path.open("rb") as stream:
        whole_lines = stream.read(MAX_LINES_BYTES).rpartition(b"\n")[0]
    return parse_lines(path, whole_lines, check)


def parse_lines(
    path: Path, lines: bytes, check: Callable[[dict[str, Any]], None], first: int = 1
) -> list[dict[str, Any]]:
    """The objects of whole lines; `first` is the number of the first of them in the file."""
    rows = []
    for number, line in enumerate(lines.splitlines(), first):
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise InputError("it is not a JSON object")
            check(row)
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, InputError) else "it is not JSON"
            raise InputError(f"{path.name}, line {number}, is damaged: {reason}.") from error
        rows.append(row)
    return rows


def require_count(data: dict[str, Any], name: str) -> None:
    """Raises an `InputError` unless that entry is a whole number from 0 that files can hold."""
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise InputError(f"its {name!r} is {quoted(value)}, not a whole number from 0")


def require_number(data: dict[str, Any], name: str) -> None:
    """Raises an `InputError` unless that entry is a finite number."""
    if not is_number(data.get(name)) or not math.isfinite(data[name]):
        raise InputError(f"its {name!r} is {quoted(data.get(name))}, not a number")


def require_numbers_by_name(data: dict[str, Any], name: str) -> None:
    """Raises an `InputError` unless that entry is left out or an object of numbers."""
    value = data.get(name)
    if value is not None and not (isinstance(value, dict) and all(map(is_number, value.values()))):
        raise InputError(f"its {name!r} is {quoted(value)}, not an object of numbers")


def require_text(data: dict[str, Any], name: str) -> None:
    """Raises an `InputError` unless that entry is left out or a text."""
    if not isinstance(data.get(name), str | None):
        raise InputError(f"its {name!r} is {quoted(data[name])}, not a text")


def is_number(value: Any) -> bool:
    """Whether it is a number that a float can hold; NaN and the infinities count."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or abs(value) < 2**1000
