"""Lines with names."""

from collections.abc import Iterable
from html import escape
from typing import Any

import plotly.graph_objects as go


def named_line(
    name: str, x: Iterable[Any], y: Iterable[float | None], hover: str, size: int = 5, **style: Any
) -> go.Scatter:
    """A line with its points marked.

    Args:
        name: Stands in the legend, letter by letter.
        x: Where its points are.
        y: How high they are; `None` is a gap.
        hover: What a point says, in Plotly's template language.
        size: Of the points, in pixels.
        **style: What else `go.Scatter` takes.
    """
    usual = {"mode": "lines+markers", "marker": {"size": size}}
    return go.Scatter(
        x=list(x), y=list(y), name=escape(name, quote=False), hovertemplate=hover, **usual | style
    )
