"""Attention as lines between tokens."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.attention import token_axis
from tfplay.figures.theme import themed

ROW_HEIGHT = 26  # pixels
SHADES = 10
COLOUR = "#0072b2"


def attention_lines(
    attention_scores: np.ndarray, target_tokens: Sequence[str], source_tokens: Sequence[str]
) -> go.Figure:
    """One head's attention: a line from each token on the right to those on the left.

    The stronger the attention, the darker and thicker the line; each is drawn in the nearest of
    ten shades, and the faintest are left out.

    Args:
        attention_scores: (T, S), from 0 to 1.
        target_tokens: T tokens, the queries.
        source_tokens: S tokens, the keys.

    Example:
        >>> scores = np.array([[1.0, 0.0], [0.3, 0.7]])
        >>> attention_lines(scores, ["I", "am"], ["I", "am"]).show()
    """
    shades = np.round(SHADES * np.asarray(attention_scores)).astype(int)
    lines = [_lines(*np.nonzero(shades == shade), shade / SHADES) for shade in range(1, SHADES + 1)]
    rows = max(np.shape(attention_scores))
    axis = {"range": [rows - 0.5, -0.5], "showgrid": False, "zeroline": False}
    titles = {"tickvals": [0, 1], "ticktext": ["is looked at", "looks"], "side": "top"}
    layout = go.Layout(
        height=80 + ROW_HEIGHT * rows,
        margin={"t": 40},
        showlegend=False,
        xaxis=titles | {"range": [0, 1], "showgrid": False, "zeroline": False},
        yaxis=token_axis(source_tokens) | axis,
        yaxis2=token_axis(target_tokens) | axis | {"overlaying": "y", "side": "right"},
    )
    nothing = go.Scatter(
        x=[], y=[], yaxis="y2"
    )  # Plotly draws an axis only if something lies on it
    return themed([*lines, nothing], layout)


def _lines(targets: np.ndarray, sources: np.ndarray, strength: float) -> go.Scatter:
    """All lines of one shade, as one line with gaps."""
    gap = np.full(len(targets), np.nan)
    return go.Scatter(
        x=np.tile([0.0, 1.0, np.nan], len(targets)),
        y=np.stack([sources, targets, gap], axis=-1).ravel(),
        mode="lines",
        opacity=strength,
        line={"color": COLOUR, "width": 1 + 4 * strength},
        hoverinfo="skip",
    )
