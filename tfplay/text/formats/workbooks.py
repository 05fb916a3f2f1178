"""Excel's workbooks: the first sheet that has anything."""

import zipfile
from datetime import date, time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.files import MAX_BYTES
from tfplay.text.words import normalize

MAX_CELLS = 10_000_000
_MAX_FILES = 10_000


def sheet_rows(path: Path, most_columns: int) -> list[tuple[str, list[str]]]:
    """The rows of a workbook's first sheet that has any; blank ones are skipped.

    Args:
        path: A `.xlsx` file.
        most_columns: How wide the sheet may be.

    Raises:
        InputError: It is no workbook, is damaged, too large, or needs what is not installed.
    """
    if not all(map(find_spec, ("openpyxl", "defusedxml"))):  # with the latter no entity is read
        raise InputError(
            f"Reading {path.name} needs openpyxl and defusedxml: `pip install 'tfplay[files]'`; "
            "or save the sheet as CSV."
        )
    import openpyxl

    _require_moderate(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if rows := _rows(path.name, sheet, most_columns):
                return rows
    except (
        *(ArithmeticError, AttributeError, KeyError, OSError, SyntaxError, TypeError, ValueError),
        *(IndexError, NotImplementedError, zipfile.BadZipFile),
    ) as error:  # whatever openpyxl raises on a damaged file; XML's ParseError is a SyntaxError
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path.name} is not a whole Excel workbook: it is damaged.") from error
    raise InputError(f"{path.name} is empty.")


def _require_moderate(path: Path) -> None:
    """Raises an `InputError` unless it is an archive that unpacks to a moderate size."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise InputError(
            f"{path.name} is not a whole Excel workbook (.xlsx): it is cut short or damaged."
        ) from error
    size = sum(member.file_size for member in members)  # what unpacks to more is not read on
    if size > MAX_BYTES or len(members) > _MAX_FILES:
        raise InputError(
            f"{path.name} unpacks to {size:,} bytes in {len(members):,} files; "
            f"the most is {MAX_BYTES:,} in {_MAX_FILES:,}."
        )


def _rows(name: str, sheet: Any, most_columns: int) -> list[tuple[str, list[str]]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows, num_cells = [], 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(values) > most_columns:
            raise InputError(
                f"{name}, row {number} has {len(values):,} columns; the most is {most_columns:,}."
            )
        num_cells += len(values)
        if num_cells > MAX_CELLS:
            raise InputError(f"{name} has more than {MAX_CELLS:,} cells.")
        cells = [_as_text(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append((f"{name}, row {number}", cells))
    return rows


def _as_text(value: Any) -> str:
    """A cell as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):  # also a date with a time
        return value.isoformat()
    return normalize(str(value))
