"""What the formats share: rows of a table, and objects of a JSON-lines file, with their lines."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import regex

from tfplay.text.files import draft
from tfplay.text.formats.columns import FEW, PAIRS_HEADER
from tfplay.text.report import BadRow

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_LOOKED_AT = 1000  # rows
_SAID_DELIMITER = regex.compile(r'"?sep=([,;\t|])"?[,;\t|]*(?=\n)', regex.IGNORECASE)


def tab_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of each line that is not blank; quotes mean nothing."""
    for line, content in enumerate(text.split("\n"), start=1):
        if content.strip():
            yield line, content.split("\t")


def quoted_tab_rows(
    name: str, text: str, rows: Sequence[tuple[int, list[str]]]
) -> list[tuple[int, list[str]]] | None:
    """The rows of a file with tabs whose cells stand in quotes, as spreadsheets write some.

    Args:
        name: The name of the file.
        text: The text of the file.
        rows: The rows as `tab_rows` reads them.

    Returns:
        The cells without these quotes; `None` if the quotes belong to what is written: they do
        unless they fit everywhere, and all texts of a column have them, or some are doubled within
        others, or only with them all rows have as many cells. In what is written here they do.
    """
    if '"' not in text:
        return None
    quoted = []
    for row in csv_rows(name, text, "\t"):
        if isinstance(row, BadRow):
            return None
        quoted.append(row)
    if len({len(cells) for _, cells in quoted[1:]}) > 1:
        return None
    is_ragged = len({len(cells) for _, cells in rows[1:]}) > 1
    if rows[0][1] == PAIRS_HEADER and not is_ragged:
        return None
    filled = [cell for _, cells in rows for cell in cells if cell.strip()]
    has_doubled = any(_is_quoted(cell) and '""' in cell[1:-1] for cell in filled)
    are_all = all(_is_quoted(cell) or not any(map(str.isalpha, cell)) for cell in filled)
    is_certain = is_ragged or has_doubled or are_all or _has_quoted_column(rows[1:])
    return quoted if is_certain else None


def _has_quoted_column(rows: Sequence[tuple[int, list[str]]]) -> bool:
    columns = zip(*(cells for _, cells in rows), strict=False)
    return len(rows) >= FEW and any(all(map(_is_quoted, column)) for column in columns)


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"'


def said_delimiter(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line such as "sep=;" gives, as Excel writes it; and the rest.

    The rest has as many lines as the text, the first empty.
    """
    if found := _SAID_DELIMITER.match(text):
        return found[1], text[found.end() :]
    return None, text


def csv_rows(
    name: str, text: str, delimiter: str = ","
) -> Iterator[tuple[int, list[str]] | BadRow]:
    """The first line and the cells of each row that is not blank; quoted cells may have breaks.

    A row whose quotes do not fit, or with a cell of more than 131,072 characters, is its error;
    reading goes on at the next line.
    """
    lines = text.split("\n")
    start = 0  # lines before the row
    while start < len(lines):
        reader = csv.reader(
            (lines[number] + "\n" for number in range(start, len(lines))),
            delimiter=delimiter,
            strict=True,
        )
        first = start
        try:
            for cells in reader:
                if "".join(cells).strip():
                    yield first + 1, cells
                first = start + reader.line_num
            return
        except csv.Error as error:
            yield BadRow(
                f"{name}, line {first + 1}", f" is not CSV: {error}.", "that cannot be read as CSV"
            )
            start = first + 1


def delimiter_of(name: str, text: str) -> str:
    """The delimiter of a CSV file: the one that gives most rows the same number of cells.

    A comma if nothing does.
    """

    def share(delimiter: str) -> float:
        rows = list(islice(csv_rows(name, text, delimiter), _LOOKED_AT))
        widths = Counter(len(row[1]) for row in rows if not isinstance(row, BadRow))
        fitting = [count for width, count in widths.items() if width > 1]
        return max(fitting, default=0) / max(len(rows), 1)

    return max(DELIMITERS, key=share)


def json_lines(name: str, text: str) -> Iterator[tuple[int, Any] | BadRow]:
    """The number and the value of each line that is not blank; what is not JSON is its error."""
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            yield line, json.loads(content)
        except (ValueError, RecursionError):
            yield BadRow(
                f"{name}, line {line}",
                " is cut short or is not JSON.",
                "that cannot be read as JSON",
            )


def is_json_lines(text: str) -> bool:
    """Whether there is a JSON value in each of the first lines: many call such a file `.json`."""
    lines = list(islice((line for line in text.split("\n") if line.strip()), 2))
    try:
        return len(lines) == 2 and all(isinstance(json.loads(line), dict | list) for line in lines)
    except (ValueError, RecursionError):
        return False


def json_objects(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]] | BadRow]:
    """The number and the object of each line in a file of JSON objects."""
    for row in json_lines(name, text):
        if isinstance(row, BadRow) or isinstance(row[1], dict):
            yield row
        else:
            yield BadRow(
                f"{name}, line {row[0]}", " is not a JSON object.", "without a JSON object"
            )


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
