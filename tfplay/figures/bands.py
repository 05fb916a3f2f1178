"""The loss by the length of the context."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from tfplay.figures.theme import themed
from tfplay.figures.traces import named_line


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
        named_line(
            *(name, contexts, values, "%{y:.2f} nats"),
            line={"dash": "dash" if name in compared else "solid"},
        )
        for name, values in {**losses, **compared}.items()
    ]
    layout = go.Layout(
        height=340,
        xaxis={"title": "tokens to look at", "type": "category"},
        yaxis={"title": "loss (nats)", "zeroline": False},
        hovermode="x unified",
        showlegend=True,
    )
    return themed(traces, layout)
