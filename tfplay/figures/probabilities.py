"""How a model divides its belief: over classes, over words, over the places of an answer."""

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import short_label

BAR_HEIGHT = 30  # pixels
LONGEST_LABEL = 24  # characters


def probability_bars(answers: Sequence[tuple[str, float]]) -> go.Figure:
    """A bar for each answer, from 0 to 100 %.

    Args:
        answers: Each with its probability, in the order to be shown, from the top.

    Example:
        >>> probability_bars([("positive", 0.9), ("negative", 0.1)]).show()
    """
    names, values = zip(*answers, strict=True)
    positions = list(range(len(names)))  # names may be equal
    bars = go.Bar(
        x=values,
        y=positions,
        customdata=[escape(name, quote=False) for name in names],
        orientation="h",
        texttemplate="%{x:.1%}",
        textposition="outside",
        cliponaxis=False,
        marker={"opacity": [1.0 if value == max(values) else 0.55 for value in values]},
        hovertemplate="%{customdata}<br>%{x:.2%}<extra></extra>",
    )
    layout = go.Layout(
        height=24 + BAR_HEIGHT * max(len(names), 2),
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis={"range": [0, 1.18], "visible": False, "fixedrange": True},
        yaxis={
            "tickmode": "array",
            "tickvals": positions,
            "ticktext": [short_label(name, LONGEST_LABEL) for name in names],
            "ticks": "",
            "autorange": "reversed",
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
            "fixedrange": True,
        },
        bargap=0.35,
        showlegend=False,
    )
    return go.Figure(bars, layout)


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
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        barmode="group",
        xaxis={
            "tickmode": "array",
            "tickvals": positions,
            "ticktext": labels,
            "tickangle": -90,
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
        yaxis={"range": [0, 1], "tickformat": ".0%", "automargin": True, "fixedrange": True},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    )
    return go.Figure(bars, layout)
