"""What the formats share: rows of a table, and objects of a JSON-lines file, with their lines."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.files import draft


def tab_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of each line that is not blank; quotes mean nothing."""
    for line, content in enumerate(text.split("\n"), start=1):
        if content.strip():
            yield line, content.split("\t")


def csv_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The last line and the cells of each row that is not blank; quoted cells may have line breaks.

    Raises:
        InputError: A quote is not closed, or a cell has more than 131,072 characters.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in reader:
            if "".join(cells).strip():
                yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num} is not CSV: {error}.") from error


def json_lines(name: str, text: str) -> Iterator[tuple[int, Any]]:
    """The number and the value of each line that is not blank.

    Raises:
        InputError: A line is not JSON.
    """
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            yield line, json.loads(content)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{name}, line {line} is cut short or is not JSON.") from error


def json_objects(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same for a file in which each line is a JSON object."""
    for line, record in json_lines(name, text):
        if not isinstance(record, dict):
            raise InputError(f"{name}, line {line} is not a JSON object.")
        yield line, record


def write_csv_rows(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Writes a CSV file, whole or not at all."""
    with draft(path) as place, place.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def write_json_lines(path: Path, records: Iterable[Any]) -> None:
    """Writes a JSON-lines file, whole or not at all."""
    write_plain_lines(path, (json.dumps(record, ensure_ascii=False) for record in records))


def write_plain_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes a text file, whole or not at all."""
    with draft(path) as place, place.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)
