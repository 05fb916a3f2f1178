"""Attention as a heatmap."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import short_label
from tfplay.figures.theme import themed

CELL_HEIGHT = 26  # pixels
MOST_LABELS = 64
MOST_GAPS = 64
"""With more rows than these, lines between them would cover the cells."""
LONGEST_LABEL = 16  # characters


def attention_heatmap(
    attention_scores: np.ndarray,
    target_tokens: Sequence[str],
    source_tokens: Sequence[str],
    title: str = "",
) -> go.Figure:
    """One head's attention: each row is a token that looks, each column one that is looked at.

    Args:
        attention_scores: (T, S), after the softmax: each row sums to 1.
        target_tokens: T tokens, the queries; the same token may stand there more than once.
        source_tokens: S tokens, the keys.
        title: What the figure shows.

    Returns:
        A heatmap whose colours begin at 0.

    Example:
        >>> scores = np.array([[1.0, 0.0], [0.3, 0.7]])
        >>> attention_heatmap(scores, ["I", "am"], ["I", "am"]).show()
    """
    gap = int(max(attention_scores.shape) <= MOST_GAPS)
    heatmap = go.Heatmap(
        z=attention_scores,
        zmin=0,
        zmax=np.max(attention_scores),
        xgap=gap,
        ygap=gap,
        colorbar={"tickformat": ".0%", "thickness": 10, "outlinewidth": 0},
        hovertemplate="%{y} → %{x}<br>%{z:.2%}<extra></extra>",
    )
    height = 150 + CELL_HEIGHT * min(max(len(target_tokens), 6), 40)
    layout = go.Layout(
        title={"text": escape(title, quote=False)},
        height=height,
        margin={"l": 10, "r": 10, "t": 90 if title else 50, "b": 10},
        xaxis=token_axis(source_tokens) | {"side": "top", "title": "is looked at"},
        yaxis=token_axis(target_tokens) | {"autorange": "reversed", "title": "looks"},
    )
    return themed(heatmap, layout)


def token_axis(tokens: Sequence[str]) -> dict[str, Any]:
    """Tokens by position, since a token axis would merge equal ones; long axes are thinned out."""
    positions = range(0, len(tokens), -(-len(tokens) // MOST_LABELS) or 1)
    return {
        "tickmode": "array",
        "tickvals": list(positions),
        "ticktext": [short_label(tokens[position], LONGEST_LABEL) for position in positions],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
