"""CSV files that people open in a spreadsheet, where no text becomes a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import regex

BYTE_ORDER_MARK = "\ufeff"
"""Without this mark Excel takes UTF-8 for a regional encoding."""

_MAY_BE_FORMULA = regex.compile(
    r"[\t\r\n]|"  # Excel leaves these out and reads on
    r"""[\s'"`‘’“”\p{Cc}\p{Cf}]*[=+@＝＋＠﹢﹦﹫\-－﹣−]"""
)
_NUMBER = regex.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", regex.ASCII)


def to_csv(lines: Iterable[Sequence[Any]]) -> str:
    r"""Lines of cells as a CSV file for spreadsheets.

    A text that a spreadsheet might take for a formula has an apostrophe before it, which says that
    it is text; numbers stay numbers, and what is `None` is empty.

    Args:
        lines: The first has the names of the columns.

    Returns:
        The file with a byte order mark; to be written in UTF-8.

    Example:
        >>> to_csv([["text", "change"], ["=1+1", -0.5]])
        "\ufefftext,change\r\n'=1+1,-0.5\r\n"
    """
    stream = io.StringIO()
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return stream.getvalue()


def records_to_csv(records: Sequence[Mapping[str, Any]]) -> str:
    """Dictionaries as a CSV file for spreadsheets, a line each; missing values are empty.

    Args:
        records: Values by the columns' names.
    """
    names = list(dict.fromkeys(name for record in records for name in record))
    return to_csv([names, *([record.get(name) for name in names] for record in records)])


def _harmless(cell: Any) -> Any:
    is_risky = isinstance(cell, str) and _MAY_BE_FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_risky else cell
