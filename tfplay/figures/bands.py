"""The loss by the length of the context."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from tfplay.figures.theme import themed


def loss_by_context(
    contexts: Sequence[str],
    losses: Mapping[str, Sequence[float]],
    compared: Mapping[str, Sequence[float]],
) -> go.Figure:
    """A line for each of some steps, from the shortest context to the longest.

    Args:
        contexts: Names of N lengths of context, the shortest first.
        losses: N mean losses in nats by the line's name.
        compared: The same for what the model is compared with, drawn dashed.

    Example:
        >>> loss_by_context(["1", "2", "3–4"], {"step 10": [3.0, 2.9, 2.9]}, {}).show()
    """
    traces = [
        go.Scatter(
            x=list(contexts),
            y=list(values),
            name=escape(name, quote=False),
            mode="lines+markers",
            line={"dash": "dash" if name in compared else "solid"},
            marker={"size": 5},
            hovertemplate="%{y:.2f} nats",
        )
        for name, values in {**losses, **compared}.items()
    ]
    layout = go.Layout(
        height=340,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis={"title": "tokens to look at", "type": "category", "automargin": True},
        yaxis={"title": "loss (nats)", "automargin": True, "zeroline": False},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        hovermode="x unified",
        showlegend=True,
    )
    return themed(traces, layout)
