"""The probabilities of an answer's start and end over a passage."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import named_axis, short_label
from tfplay.figures.theme import themed

LONGEST_LABEL = 24  # characters


def span_probabilities(
    tokens: Sequence[str], start_probabilities: np.ndarray, end_probabilities: np.ndarray
) -> go.Figure:
    """Where an answer begins and ends: two bars for each token of the passage.

    Args:
        tokens: P tokens.
        start_probabilities: (P,): that the answer begins there.
        end_probabilities: (P,): that it ends there.

    Example:
        >>> span_probabilities(["in", "Rome"], np.array([0.1, 0.9]), np.array([0.0, 1.0])).show()
    """
    positions = list(range(len(tokens)))
    labels = [short_label(token, LONGEST_LABEL) for token in tokens]
    bars = [
        go.Bar(
            x=positions,
            y=probabilities,
            customdata=labels,
            name=name,
            hovertemplate="%{customdata}<br>%{y:.2%}<extra>" + name + "</extra>",
        )
        for name, probabilities in (
            ("begins here", start_probabilities),
            ("ends here", end_probabilities),
        )
    ]
    layout = go.Layout(
        height=280,
        barmode="group",
        xaxis=named_axis(tokens, LONGEST_LABEL) | {"tickangle": -90},
        yaxis={"range": [0, 1], "tickformat": ".0%", "fixedrange": True},
    )
    return themed(bars, layout)
