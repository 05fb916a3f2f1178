"""Lines whose points have an x and a y of their own."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from tfplay.figures.theme import themed


def curves(
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    x_title: str,
    y_title: str,
    marked: Mapping[str, int] | None = None,
    logarithmic: bool = False,
) -> go.Figure:
    """A line for each name.

    Args:
        lines: x and y of each point, by the line's name.
        x_title: What x is.
        y_title: What y is.
        marked: Which point of a line stands out, counted from 0, by the line's name.
        logarithmic: Whether x grows by factors.

    Example:
        >>> curves({"byte pairs": ([7, 8, 9], [14, 11, 9])}, "vocabulary", "tokens").show()
    """
    marked = marked or {}
    traces = [
        go.Scatter(
            x=list(x),
            y=list(y),
            name=escape(name, quote=False),
            mode="lines+markers",
            marker={"size": [13 if index == marked.get(name) else 5 for index in range(len(x))]},
            hovertemplate="%{x:,} → %{y:,}",
        )
        for name, (x, y) in lines.items()
    ]
    layout = go.Layout(
        height=340,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis={
            "title": x_title,
            "type": "log" if logarithmic else "linear",
            "automargin": True,
            "zeroline": False,
        },
        yaxis={"title": y_title, "automargin": True, "rangemode": "tozero"},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        showlegend=True,
    )
    return themed(traces, layout)
