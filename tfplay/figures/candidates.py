"""What a model might have written at each step, and how sure it was."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import named_axis, short_label
from tfplay.figures.theme import themed

HEIGHT = 220  # pixels
LONGEST_LABEL = 16  # characters


def candidate_steps(
    written: Sequence[str], candidates: Sequence[Sequence[str]], probabilities: np.ndarray
) -> go.Figure:
    """A column for each step, with its likeliest tokens on top of each other.

    Args:
        written: The T tokens that were written.
        candidates: The K likeliest tokens at each of the T steps, the likeliest first.
        probabilities: (T, K).

    Returns:
        Stacked bars; the token that was written is drawn in full, the others are paler.

    Example:
        >>> candidate_steps(["हम"], [["हम", "वे"]], np.array([[0.9, 0.1]])).show()
    """
    steps, count = probabilities.shape
    names = [token for row in candidates for token in row]
    is_written = [token == written[step] for step, row in enumerate(candidates) for token in row]
    bars = go.Bar(
        x=np.repeat(np.arange(steps), count),
        y=probabilities.ravel(),
        base=(np.cumsum(probabilities, axis=1) - probabilities).ravel().tolist(),
        customdata=[short_label(name, LONGEST_LABEL) for name in names],
        marker={"opacity": [1.0 if full else 0.35 for full in is_written], "line": {"width": 0.5}},
        hovertemplate="%{customdata}<br>%{y:.1%}<extra></extra>",
    )
    layout = go.Layout(
        height=HEIGHT,
        barmode="overlay",
        bargap=0.25,
        xaxis=named_axis(written, LONGEST_LABEL) | {"fixedrange": True},
        yaxis={"range": [0, 1], "tickformat": ".0%", "fixedrange": True},
        showlegend=False,
    )
    return themed(bars, layout)
