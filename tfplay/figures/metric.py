"""Any measures of one run over its steps."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from tfplay.figures.theme import themed

MOST_POINTS = 500
FEW_POINTS = 60


def metric_chart(
    metrics: Sequence[Mapping[str, Any]], keys: Mapping[str, str], number_format: str = ".3~g"
) -> go.Figure:
    """A line for each metric.

    Args:
        metrics: Rows with `step` and, at some steps, the metrics.
        keys: The metric's key in a row, by the line's name.
        number_format: How values are written, in d3's language.

    Example:
        >>> metric_chart([{"step": 250, "bleu": 4.1}, {"step": 500, "bleu": 9.3}], {"BLEU": "bleu"})
    """
    traces = []
    for name, key in keys.items():
        points = [(row["step"], row[key]) for row in metrics if row.get(key) is not None]
        stride = -(-len(points) // MOST_POINTS) or 1
        kept = points[-1::-stride][::-1]  # the newest is always there
        traces.append(
            go.Scatter(
                x=[step for step, _ in kept],
                y=[value for _, value in kept],
                name=escape(name, quote=False),
                mode="lines+markers" if len(points) <= FEW_POINTS else "lines",
                hovertemplate=f"%{{y:{number_format}}}",
            )
        )
    layout = go.Layout(
        height=280,
        xaxis={"title": "step", "rangemode": "tozero"},
        yaxis={
            "tickformat": number_format if number_format.endswith("%") else None,
            "exponentformat": "power",
        },
        hovermode="x unified",
        showlegend=len(traces) > 1,
        uirevision="keeps the zoom",
    )
    return themed(traces, layout)
