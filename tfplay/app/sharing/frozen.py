"""What is seen on a page that shows measurements of many models: its charts, frozen."""

from collections.abc import Collection

import plotly.graph_objects as go
import plotly.io
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.widgets.chart import drawn, show_chart
from tfplay.errors import InputError
from tfplay.sharing import Snapshot, View


def chart_titles() -> dict[str, str]:
    """What each chart of the open page shows, by its key."""
    return {key: what[0] for key, what in drawn().items() if not isinstance(what, str)}


def frozen_view(page: str, charts: Collection[str]) -> View:
    """The open page as a snapshot without a model has it: its words, and some of its charts.

    Args:
        page: The page, as its address names it.
        charts: Keys of those that are given away.
    """
    parts = []
    for key, what in drawn().items():
        if isinstance(what, str):
            parts.append({"words": what})
        elif key in charts:
            title, figure = what
            chart = go.Figure(figure).update_layout(template="none").to_json()
            parts.append({"title": title, "chart": chart})
    return View(page, frozen=parts)


def show_frozen(snapshot: Snapshot, page: StreamlitPage) -> None:
    """Shows what is frozen in a snapshot, in place of its page.

    Args:
        snapshot: The snapshot.
        page: The page that it is of.
    """
    page_header(page.title, "Frozen as it was seen: its numbers do not change any more.")
    with errors_shown():
        for number, part in enumerate(snapshot.view.frozen):
            if "words" in part:
                st.markdown(part["words"])
            else:
                title = part.get("title", "")
                st.markdown(f"##### {title}")
                show_chart(_figure(part.get("chart", "")), f"frozen {number}", alt=title)


def _figure(chart: str) -> go.Figure:
    try:
        return plotly.io.from_json(chart)
    except ValueError as error:
        raise InputError("A chart of this snapshot is damaged.") from error
