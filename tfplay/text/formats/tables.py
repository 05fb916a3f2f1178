"""Tables of any columns, of which one is to be read: spreadsheets saved as text."""

import csv
import io
import os
from pathlib import Path
from typing import NamedTuple

from tfplay.errors import InputError
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.rows import csv_rows, tab_rows

TABLE_ENDINGS = (".csv", ".tsv", ".txt")


class Table(NamedTuple):
    """Rows of cells under column names."""

    columns: list[str]
    """Their names, each once."""
    rows: list[list[str]]
    """As many cells each as there are columns."""

    def column(self, name: str) -> list[str]:
        """The cells below a column's name."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def with_column(self, name: str, cells: list[str]) -> "Table":
        """The same table with another column at its right."""
        rows = [[*row, cell] for row, cell in zip(self.rows, cells, strict=True)]
        return Table([*self.columns, name], rows)

    def to_csv(self) -> str:
        """The table as CSV, with its column names in the first line."""
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows([self.columns, *self.rows])
        return stream.getvalue()


def read_table(path: str | os.PathLike, has_header: bool) -> Table:
    """Reads a table; blank lines are skipped.

    Args:
        path: A `.csv` file, or a `.tsv` or `.txt` file with tabs between its columns; in UTF-8,
            plain or gzipped. Text without tabs is a table of one column.
        has_header: Whether the first line names the columns; otherwise they are numbered.

    Raises:
        InputError: The file is no such table: as `read_text`, or rows have more cells than there
            are columns, or a name is missing or stands twice, or there is no row.
    """
    name = Path(path).name
    ending = require_ending(path, TABLE_ENDINGS)
    rows = list((csv_rows if ending == ".csv" else tab_rows)(name, read_prose(path)))
    width = len(rows[0][1]) if has_header else max(len(cells) for _, cells in rows)
    header = [f"column {number + 1}" for number in range(width)]
    if has_header:
        (_, cells), *rows = rows
        header = [cell.strip() for cell in cells]
        _check_header(name, header)
    if not rows:
        raise InputError(f"{name} has no row below its column names.")
    for line, cells in rows:
        if len(cells) > width:
            raise InputError(
                f"{name}, line {line} has {len(cells)} cells; there are {width} columns."
            )
    return Table(header, [[*cells, *[""] * (width - len(cells))] for _, cells in rows])


def _check_header(name: str, header: list[str]) -> None:
    seen = set()
    for number, cell in enumerate(header, start=1):
        if not cell:
            raise InputError(f"{name}: column {number} has no name in the first line.")
        if cell in seen:
            raise InputError(f"{name}: two columns are called {cell!r}.")
        seen.add(cell)
