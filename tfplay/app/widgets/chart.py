"""Plotly figures on a page, in the page's colours."""

import plotly.graph_objects as go
import streamlit as st


def show_chart(figure: go.Figure, key: str, alt: str | None = None) -> None:
    """Shows a figure; its colours follow the theme of the page, light or dark.

    Args:
        figure: Any of `tfplay.figures`.
        key: Tells several charts of a page apart.
        alt: What it shows, for those who cannot see it.

    Example:
        >>> show_chart(figures.curves(lines, "steps", "loss"), "losses", "Loss over the steps")
    """
    # Streamlit replaces the colours of its own template only.
    in_page = go.Figure(figure).update_layout(template="streamlit")
    st.plotly_chart(in_page, key=key, alt=alt)
