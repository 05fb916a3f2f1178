"""The lines and entries of the small files of a run folder, which may come from anywhere."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import require_small

MAX_LINES_BYTES = 32_000_000
"""Of `metrics.jsonl` and its like: the longest training leaves some megabytes."""

MAX_TOKENIZER_BYTES = 64_000_000


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


def require_texts(data: dict[str, Any], name: str) -> None:
    """Raises an `InputError` unless that entry is a list of texts."""
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(f"its {name!r} is {quoted(value)}, not a list of texts")


def is_number(value: Any) -> bool:
    """Whether it is a number that a float can hold; NaN and the infinities count."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or abs(value) < 2**1000
