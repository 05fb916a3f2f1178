"""A view's numbers and its figure, to take along."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.component import load_component
from tfplay.figures import in_theme
from tfplay.text.spreadsheets import records_to_csv

Rows = Sequence[Mapping[str, Any]] | str
"""A dictionary a row, all with the same keys; or their CSV."""


def exports(
    name: str,
    figure: go.Figure | Callable[[], go.Figure] | None = None,
    table: Rows | Callable[[], Rows] | None = None,
) -> None:
    """A button that opens the downloads: CSV of the numbers, HTML, SVG and PNG of the figure.

    Args:
        name: The chart's key in `show_chart`; the files are named after it.
        figure: What the chart shows. Its HTML has the colours that the page has now, light or dark,
            holds all of Plotly and needs no network. For what Plotly has not drawn on the page:
            what makes a figure of it, drawn among the downloads.
        table: The numbers, or what makes them once they are wanted.

    Example:
        >>> show_chart(figure, key="norms")
        >>> exports("norms", figure, [{"layer": 1, "norm": 3.2}])
    """
    stem = re.sub(r"[^a-zA-Z0-9]+", "-", name).strip("-")
    popover = st.popover(
        "Export",
        icon=":material/download:",
        key=f"{name} exports",
        on_change="rerun" if callable(figure) else "ignore",
    )
    with popover:
        if table is not None:
            _download("CSV", lambda: _to_csv(table), f"{stem}.csv", "text/csv")
        if callable(figure):
            if not popover.open:
                return
            figure = figure()
            show_chart(figure, key=name)
        if figure is not None:
            theme = st.context.theme.type or "light"
            _download(
                "HTML", lambda: in_theme(figure, theme).to_html(), f"{stem}.html", "text/html"
            )
            component = load_component(__file__)
            chart = "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", name.strip())
            component(key=f"{name} pictures", data={"chart": chart, "filename": stem})


def _download(label: str, content: Callable[[], str], filename: str, mime: str) -> None:
    st.download_button(
        label, content, filename, mime, key=f"download {filename}", on_click="ignore"
    )


def _to_csv(table: Rows | Callable[[], Rows]) -> str:
    rows = table() if callable(table) else table
    return rows if isinstance(rows, str) else records_to_csv(rows)
