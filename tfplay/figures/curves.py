"""Lines whose points have an x and a y of their own."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from tfplay.figures.theme import themed
from tfplay.figures.traces import named_line

POWERS = {"type": "log", "exponentformat": "power", "dtick": 1}


def curves(
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    x_title: str,
    y_title: str,
    marked: Mapping[str, int] | None = None,
    logarithmic: bool = False,
    powers: bool = False,
) -> go.Figure:
    """A line for each name.

    Args:
        lines: x and y of each point, by the line's name.
        x_title: What x is.
        y_title: What y is.
        marked: Which point of a line stands out, counted from 0, by the line's name.
        logarithmic: Whether x grows by factors.
        powers: Whether y does; a value of 0 is left out.

    Example:
        >>> curves({"byte pairs": ([7, 8, 9], [14, 11, 9])}, "vocabulary", "tokens").show()
    """
    marked = marked or {}
    traces = [
        named_line(
            *(name, x, y, "%{x:,} → %{y:,}"),
            marker={"size": [13 if index == marked.get(name) else 5 for index in range(len(x))]},
        )
        for name, (x, y) in lines.items()
    ]
    layout = go.Layout(
        height=340,
        xaxis={
            "title": x_title,
            "type": "log" if logarithmic else "linear",
            "zeroline": False,
        },
        yaxis={"title": y_title} | (POWERS if powers else {"rangemode": "tozero"}),
        showlegend=True,
    )
    return themed(traces, layout)
