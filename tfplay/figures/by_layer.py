"""Something measured at each layer, or at anything else that has names in order."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from tfplay.figures.theme import themed
from tfplay.figures.traces import named_line


def lines_by_name(
    names: Sequence[str], lines: Mapping[str, Sequence[float]], y_title: str
) -> go.Figure:
    """A line for each thing that was measured.

    Args:
        names: Names of the N places, in order.
        lines: N values by the line's name.
        y_title: What is measured.

    Example:
        >>> lines_by_name(["input", "block 1"], {"bank": [1.0, 0.6]}, "cosine").show()
    """
    traces = [
        named_line(name, range(len(names)), values, "%{y:.3f}", size=6)
        for name, values in lines.items()
    ]
    layout = go.Layout(
        height=340,
        xaxis={
            "tickmode": "array",
            "tickvals": list(range(len(names))),
            "ticktext": [escape(name, quote=False) for name in names],
        },
        yaxis={"title": y_title, "zeroline": False},
        hovermode="x unified",
        showlegend=True,
    )
    return themed(traces, layout)
