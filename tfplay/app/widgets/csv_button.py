"""A table as a file for spreadsheets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from tfplay.text.spreadsheets import records_to_csv

Rows = Sequence[Mapping[str, Any]] | str
"""A dictionary a row, all with the same keys; or their CSV."""


def csv_button(label: str, table: Rows | Callable[[], Rows], filename: str, **looks: Any) -> None:
    """A button that downloads a table, which is written once it is wanted.

    Args:
        label: The button's.
        table: The table, or what makes it.
        filename: The file's name, with ".csv".
        **looks: What else `st.download_button` takes.

    Example:
        >>> csv_button("CSV", [{"layer": 1, "norm": 3.2}], "norms.csv")
    """
    st.download_button(
        label, lambda: as_csv(table), filename, "text/csv", on_click="ignore", **looks
    )


def as_csv(table: Rows | Callable[[], Rows]) -> str:
    """The file's content, with a byte order mark and without formulas."""
    rows = table() if callable(table) else table
    return rows if isinstance(rows, str) else records_to_csv(rows)
