"""A table file as it stands: its rows, and what its columns are called."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.columns import Kind, Profile, names_columns, profile, profiles, spread
from tfplay.text.formats.first_lines import split_first_lines
from tfplay.text.formats.label_first import label_first_rows
from tfplay.text.formats.records import Record, as_table, json_records, parquet_records
from tfplay.text.formats.rows import (
    DELIMITERS,
    csv_rows,
    delimiter_of,
    quoted_tab_rows,
    said_delimiter,
    tab_rows,
)
from tfplay.text.formats.tmx import tmx_rows
from tfplay.text.formats.workbooks import sheet_rows
from tfplay.text.report import BadRow, Report, counted
from tfplay.text.words import normalize

Columns = Mapping[str, int | str]
"""Columns by their roles: a number, from 1, or a name. "header" may be "yes" or "no"."""

HEADER = "header"
MAX_WIDTH = 1000
_MOST_TITLES = 10

Row = tuple[str, list[str]]
"""A row: its place in the file, for errors, and its cells."""


class Grid(NamedTuple):
    """Rows of cells, some of which may be shorter than the table is wide."""

    name: str
    """The name of the file."""
    names: list[str] | None
    """The names of the columns; `None` if they have none."""
    width: int
    rows: list[Row | BadRow]
    is_json: bool = False
    """Whether the rows are objects."""

    def names_in(self, row: Row) -> list[str]:
        """The columns' names, empty where the row has nothing: objects may differ in their keys."""
        return [
            name if cell.strip() else ""
            for name, cell in zip(self.names or (), row[1], strict=False)
        ]

    def whole_rows(self) -> list[list[str]]:
        """The cells of the rows that could be read."""
        return [row[1] for row in self.rows if not isinstance(row, BadRow)]

    def profiles(self) -> list[Profile]:
        """What each column holds."""
        return profiles(self.whole_rows(), self.width)

    def name_of(self, place: int) -> str:
        """What a column is called; empty if nothing says."""
        return self.names[place] if self.names and place < len(self.names) else ""

    def describe(self, place: int) -> str:
        """A column as people call it.

        Example:
            >>> table.describe(1)
            "column 2 'v2'"
        """
        name = self.name_of(place)
        return f"column {place + 1}" + (f" {quoted(name)}" if name else "")


def parse_columns(text: str) -> dict[str, int | str]:
    """Columns as the command line and links write them; a name may stand in single quotes.

    Raises:
        InputError: The text cannot be understood.

    Example:
        >>> parse_columns("source=2,target=hindi"), parse_columns("text='0',label='1'")
        ({'source': 2, 'target': 'hindi'}, {'text': '0', 'label': '1'})
    """
    columns: dict[str, int | str] = {}
    for part in next(csv.reader([text]), []):
        role, equals, value = (each.strip() for each in part.partition("="))
        if not role or not equals or not value or role in columns:
            raise InputError(
                f"The columns {quoted(text)} are not understood; write them as text=2,label=1 or "
                "source=en,target=hi: a role once each, and its column's number or name."
            )
        if is_name := len(value) > 2 and value[0] == value[-1] == "'":
            value = value[1:-1]
        columns[role] = int(value) if _is_number(value) and not is_name else value
    if not columns:
        raise InputError("The columns are not understood: nothing is said; write text=2,label=1.")
    check_columns(columns)
    return columns


def columns_to_text(columns: Columns) -> str:
    """The text that `parse_columns` reads; what has a comma stands in quotes."""
    stream = io.StringIO()
    written = (f"{role}={_written(column)}" for role, column in columns.items())
    csv.writer(stream, lineterminator="").writerow(written)
    return stream.getvalue()


def _written(column: int | str) -> str:
    """A column's number, or its name; one that could be a number stands in single quotes."""
    is_plain = isinstance(column, int) or not (_is_number(column) or column[0] == column[-1] == "'")
    return str(column) if is_plain else f"'{column}'"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def read_grid(
    path: str | os.PathLike,
    endings: Sequence[str],
    roles: Sequence[str],
    columns: Columns | None,
    report: Report,
) -> Grid:
    """Reads a table: `.csv`, or `.tsv` and `.txt` with tabs; between quotes may be line breaks.

    The delimiter of a `.csv` is detected: a comma, a semicolon, a tab or a vertical bar. The same
    holds for a `.tsv` or `.txt` without a single tab. A `.json`, `.jsonl` or `.parquet` has objects
    for rows, a `.xlsx` those of its first sheet, a `.tmx` its units, and a `.label` or `.txt` may
    have the label before each text.

    Args:
        path: The file, also gzipped.
        endings: The endings that are allowed.
        roles: The roles for which the reader can use columns.
        columns: Which columns are to be taken.
        report: Records how the file was read.

    Raises:
        InputError: The file cannot be read, or a chosen column does not exist.
    """
    check_roles(roles, columns)
    ending = require_ending(path, tuple(endings))
    name = Path(path).name
    if ending == ".parquet":
        grid = _record_grid(name, parquet_records(Path(path)))
    elif ending == ".xlsx":
        rows = sheet_rows(Path(path), MAX_WIDTH)
        grid = _with_names(name, rows, columns, has_free_width=True)
    else:
        grid = _text_grid(name, ending, read_prose(path, report), columns, report)
    errors = [row for row in grid.rows if isinstance(row, BadRow)]
    if 2 * len(errors) > len(grid.rows):  # what columns hold can be judged from the other rows only
        raise InputError(str(errors[0]))
    return grid


def _record_grid(name: str, records: Iterable[Record | BadRow]) -> Grid:
    names, rows = as_table(name, records)
    return Grid(name, names, len(names), rows, is_json=True)


def _text_grid(name: str, ending: str, text: str, columns: Columns | None, report: Report) -> Grid:
    """The table that a text file holds."""
    if ending in (".json", ".jsonl"):
        return _record_grid(name, json_records(name, ending, text))
    if ending == ".tmx":
        languages, units = tmx_rows(name, text)
        return Grid(name, languages, len(languages), list(units))
    if ending in (".label", ".txt") and (read := label_first_rows(name, text)):
        names, labelled = read
        return Grid(name, names, len(names), list(labelled))
    first = split_first_lines(text)
    if first.num_remarks:
        report.notes.append(f"{counted(first.num_remarks, 'line')} of remarks before it skipped.")
    rows, is_tabs = table_rows(name, ending, first.rest, report, first.separator)
    rows = [row if isinstance(row, BadRow) else (row[0], first.cells(row[1])) for row in rows]
    if first.names:
        grid = Grid(name, list(first.names), len(first.names), rows)
    else:
        grid = _with_names(name, rows, columns, has_free_width=is_tabs)
    _tell_spilled(grid, report)
    return grid


def table_rows(
    name: str, ending: str, text: str, report: Report, said: str | None = None
) -> tuple[list[Row | BadRow], bool]:
    """The rows of a `.csv`, `.tsv` or `.txt` file, and whether tabs stand between its cells.

    Args:
        name: The name of the file.
        ending: Its ending.
        text: Its text.
        report: Records what stands between the columns, if its ending does not tell.
        said: What is known to stand between them.
    """
    is_csv = ending == ".csv"
    if said is None:
        said, text = said_delimiter(text)
    delimiter = said or ("\t" if not is_csv and "\t" in text else delimiter_of(name, text))
    if not is_csv and delimiter == "\t":
        rows = list(tab_rows(name, text))
        if quoted_rows := quoted_tab_rows(name, text, rows):
            rows = quoted_rows
            report.notes.append("The quotes around its cells were taken away.")
    else:
        rows = csv_rows(name, text, delimiter)
        if delimiter != "," or not is_csv:
            between = DELIMITERS.get(delimiter, quoted(delimiter))
            report.notes.append(f"Between its columns stands a {between}.")
    read = [row if isinstance(row, BadRow) else (f"{name}, line {row[0]}", row[1]) for row in rows]
    return read, delimiter == "\t"


def _with_names(
    name: str, rows: list[Row | BadRow], columns: Columns | None, has_free_width: bool
) -> Grid:
    """Takes the first row away if it names the columns; a row that is too wide is its error.

    Where the width is free, as with tabs, extra cells are intended and kept: no sentence has a tab.
    """
    whole = [row for row in rows if not isinstance(row, BadRow)]
    whole = whole[_num_titles([cells for _, cells in whole[:_MOST_TITLES]]) :]
    names = None
    if whole and _has_header([cells for _, cells in whole], columns):
        names = [cell.strip() for cell in whole[0][1]]
        rows = [row for row in rows if row is not whole[0]]
        whole = whole[1:]
    widths = Counter(len(cells) for _, cells in whole)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    if names and set(widths) == {len(names) + 1} and _are_row_names(whole):
        names = ["", *names]  # R's write.table names the rows too, but not their column
    width = max(len(names or ()), usual)
    if width > MAX_WIDTH:
        raise InputError(f"{name} has {width:,} columns; the most is {MAX_WIDTH:,}.")
    if not has_free_width:
        rows = [_fitting(row, len(names) if names else width, bool(names)) for row in rows]
    return Grid(name, names, width, rows)


def _num_titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows of a single cell stand above the others: a title, or remarks."""
    widths = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    return next((place for place, width in enumerate(widths) if width > 1), 0)


def _are_row_names(rows: Sequence[Row]) -> bool:
    """Whether the first cells are numbers or ids, and the last are no empty ones."""
    first = profile([cells[0] for _, cells in spread(rows)])
    has_last = any(cells[-1].strip() for _, cells in rows)
    return first.kind in (Kind.NUMBERS, Kind.CODES) and has_last


def _filled_width(cells: Sequence[str]) -> int:
    """Cells up to the last that is not blank."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _fitting(row: Row | BadRow, width: int, is_named: bool) -> Row | BadRow:
    if isinstance(row, BadRow) or _filled_width(row[1]) <= width:
        return row
    where, cells = row
    return BadRow(
        where,
        f" has {_filled_width(cells)} columns, but "
        f"{'the first line names' if is_named else 'the others have'} {width}; a cell with a comma "
        "or what else stands between the columns must be in quotes.",
        "with too many columns",
    )


def _tell_spilled(grid: Grid, report: Report) -> None:
    """Records rows whose text continues in a column that is otherwise empty and has no name."""
    if not grid.names:
        return
    unnamed = [place for place in range(1, grid.width) if not grid.name_of(place)]
    rows = grid.whole_rows()
    spilled = sum(any(map(str.strip, (row[p] for p in unnamed if p < len(row)))) for row in rows)
    if spilled and 10 * spilled < len(rows):
        verb = "goes" if spilled == 1 else "go"
        report.notes.append(
            f"{counted(spilled, 'row')} {verb} on in a column without a name, which is not read."
        )


def _has_header(rows: Sequence[Sequence[str]], columns: Columns | None) -> bool:
    wanted = dict(columns or {})
    if said := wanted.pop(HEADER, None):
        return said == "yes"
    names = [_key(cell) for cell in rows[0]]
    if any(_key(each) in names for each in wanted.values() if isinstance(each, str)):
        return True
    return names_columns(rows)


def grid_columns(
    path: str | os.PathLike, endings: Sequence[str], columns: Columns
) -> tuple[list[str], list[str]]:
    """What the columns of a table are called, such as "column 2 'v2'", each once; and their names.

    Raises:
        InputError: For the reasons of `read_grid`.
    """
    grid = read_grid(path, endings, list(columns), columns, Report())
    return [grid.describe(place) for place in range(grid.width)], grid.names or []


def number_of(column: int | str | None, names: Sequence[str], width: int) -> int:
    """The number, from 1, of a column given by number or name; 0 if there is no such column."""
    if isinstance(column, str):
        keys = [_key(name) for name in names]
        return keys.index(_key(column)) + 1 if _key(column) in keys else 0
    return column if column and column <= width else 0


def chosen_place(grid: Grid, role: str, column: int | str) -> int:
    """The place of the column that was chosen for a role.

    Raises:
        InputError: There is no such column.
    """
    if number := number_of(column, grid.names or (), grid.width):
        return number - 1
    if isinstance(column, int):
        raise InputError(
            f"{grid.name} has no column {column} for the {role}; it has "
            f"{counted(grid.width, 'column')}."
        )
    called = f"it has {', '.join(map(quoted, grid.names[:20]))}" if grid.names else "none is named"
    raise InputError(f"{grid.name} has no column {quoted(column)} for the {role}; {called}.")


def _key(name: str) -> str:
    return normalize(name).strip().casefold()


def check_roles(roles: Sequence[str], columns: Columns | None) -> None:
    """Raises an `InputError` if a column is chosen for a role that the task does not have."""
    check_columns(columns or {})
    for role in (columns or {}).keys() - {HEADER, *roles}:
        known = f"those are {', '.join(roles)}" if roles else "its files are no tables"
        raise InputError(f"This task has no column for {quoted(role)}: {known}.")


def check_columns(columns: Any) -> None:
    """Raises an `InputError` unless these are columns by role, whatever the roles are."""
    if not isinstance(columns, Mapping) or not all(isinstance(role, str) for role in columns):
        raise InputError(
            f'columns is {quoted(columns)}; it must be like {{"source": 2, "target": 4}}.'
        )
    for role, column in columns.items():
        if role == HEADER and column not in ("yes", "no"):
            raise InputError(f'header is {quoted(column)}; it must be "yes" or "no".')
        is_number = isinstance(column, int) and not isinstance(column, bool) and column > 0
        if not is_number and not (isinstance(column, str) and column.strip()):
            raise InputError(
                f"The {role} is in column {quoted(column)}; give its number, from 1, or its name."
            )
