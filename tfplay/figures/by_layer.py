"""Something measured at each layer, or at anything else that has names in order."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from tfplay.figures.theme import themed


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
        go.Scatter(
            x=list(range(len(names))),
            y=list(values),
            name=escape(name, quote=False),
            mode="lines+markers",
            marker={"size": 6},
            hovertemplate="%{y:.3f}",
        )
        for name, values in lines.items()
    ]
    layout = go.Layout(
        height=340,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis={
            "tickmode": "array",
            "tickvals": list(range(len(names))),
            "ticktext": [escape(name, quote=False) for name in names],
            "automargin": True,
        },
        yaxis={"title": y_title, "automargin": True, "zeroline": False},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        hovermode="x unified",
        showlegend=True,
    )
    return themed(traces, layout)
