"""Tables with any columns, one of which is read: spreadsheets saved as text."""

import os
from pathlib import Path
from typing import NamedTuple

from tfplay.errors import InputError
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.columns import LOOKED_AT, names_columns
from tfplay.text.formats.grid import MAX_WIDTH, table_rows
from tfplay.text.report import Report
from tfplay.text.spreadsheets import to_csv

TABLE_ENDINGS = (".csv", ".tsv", ".txt")


class Table(NamedTuple):
    """Rows of cells under column names."""

    columns: list[str]
    """The names of the columns, all different."""
    rows: list[list[str]]
    """The rows, each with as many cells as there are columns."""
    has_header: bool = True
    """Whether the file named its columns."""

    def column(self, name: str) -> list[str]:
        """The cells below a column's name."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def with_column(self, name: str, cells: list[str]) -> "Table":
        """The same table with another column at its right."""
        rows = [[*row, cell] for row, cell in zip(self.rows, cells, strict=True)]
        return Table([*self.columns, name], rows, self.has_header)

    def to_csv(self) -> str:
        """The table for a spreadsheet, with its column names in the first line."""
        return to_csv([self.columns, *self.rows])


def read_table(
    path: str | os.PathLike, has_header: bool | None = None, report: Report | None = None
) -> Table:
    """Reads a table; blank lines are skipped.

    Args:
        path: A `.csv` file, with a comma, semicolon, tab or vertical bar between its columns; or a
            `.tsv` or `.txt` file with tabs; plain or gzipped. A `.txt` without tabs is a table of
            one column.
        has_header: Whether the first line names the columns; `None` means detect it. A column
            without a name is numbered.
        report: Records how many rows were left out, and why.

    Raises:
        InputError: For the reasons of `read_text`; or there is no row, or half of them are not
            CSV.
    """
    name = Path(path).name
    report = Report() if report is None else report
    ending = require_ending(path, TABLE_ENDINGS)
    text = read_prose(path, report)
    if ending == ".txt" and "\t" not in text:
        read = [(name, [line]) for line in text.split("\n") if line.strip()]
    else:
        read, _ = table_rows(name, ending, text, report)
    rows = report.parse_all(name, read, lambda row: row[1])
    if has_header is None:
        has_header = ending != ".txt" and names_columns(rows[: LOOKED_AT + 1])
    header, rows = (rows[0], rows[1:]) if has_header else ([], rows)
    if not rows:
        raise InputError(f"{name} has no row below its column names.")
    report.num_rows -= has_header
    width = max(len(header), *map(len, rows))
    if width > MAX_WIDTH:
        raise InputError(f"{name} has {width:,} columns; the most is {MAX_WIDTH:,}.")
    filled = [[*cells, *[""] * (width - len(cells))] for cells in rows]
    return Table(_names(header, width), filled, has_header)


def _names(header: list[str], width: int) -> list[str]:
    """A different name for each column."""
    names: list[str] = []
    for place in range(width):
        name = header[place].strip() if place < len(header) else ""
        name = name or f"column {place + 1}"
        names.append(name if name not in names else f"{name} (column {place + 1})")
    return names
