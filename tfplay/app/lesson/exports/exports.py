"""A view's numbers and its figure, to take along."""

import re
from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.component import load_component
from tfplay.app.widgets.csv_button import Rows, csv_button
from tfplay.figures import in_theme


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
            filename = f"{stem}.csv"
            csv_button("CSV", table, filename, key=f"download {filename}")
        if callable(figure):
            if not popover.open:
                return
            figure = figure()
            show_chart(figure, key=name)
        if figure is not None:
            theme = st.context.theme.type or "light"
            st.download_button(
                "HTML",
                lambda: in_theme(figure, theme).to_html(),
                f"{stem}.html",
                "text/html",
                key=f"download {stem}.html",
                on_click="ignore",
            )
            component = load_component(__file__)
            chart = "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", name.strip())
            component(key=f"{name} pictures", data={"chart": chart, "filename": stem})
