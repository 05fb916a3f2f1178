"""Attention as heatmaps: one head in full, or all heads of a model side by side."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

CELL_HEIGHT = 26  # pixels
MOST_LABELS = 64
MOST_GAPS = 64
"""Lines between more rows than these would cover what they part."""
LONGEST_LABEL = 16  # characters


def attention_heatmap(
    attention_scores: np.ndarray,
    target_tokens: Sequence[str],
    source_tokens: Sequence[str],
    title: str = "",
) -> go.Figure:
    """One head's attention: each row is a token that attends, each column one attended to.

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
        xaxis=_token_axis(source_tokens) | {"side": "top", "title": "attended to"},
        yaxis=_token_axis(target_tokens) | {"autorange": "reversed", "title": "attending"},
    )
    return go.Figure(heatmap, layout)


def head_grid(
    attention_scores: np.ndarray, selected: tuple[int, int] | None = None, title: str = ""
) -> go.Figure:
    """Every head of every layer as a small heatmap: a row a layer, a column a head.

    Args:
        attention_scores: (layers, H, T, S).
        selected: Layer and head, counted from 0, to draw a frame around.
        title: What the figure shows.

    Returns:
        One heatmap in which the heads are tiles; one trace is drawn at once, however many they are.

    Example:
        >>> head_grid(np.full((2, 4, 5, 5), 0.2), selected=(1, 3)).show()
    """
    num_layers, num_heads, height, width = attention_scores.shape
    gap_y, gap_x = max(1, height // 8), max(1, width // 8)
    margins = ((0, 0), (0, 0), (0, gap_y), (0, gap_x))
    tiles = np.pad(attention_scores.astype("float32"), margins, constant_values=np.nan)
    tile_height, tile_width = tiles.shape[2:]
    mosaic = tiles.transpose(0, 2, 1, 3).reshape(num_layers * tile_height, -1)
    frames = [
        _frame(head * tile_width, layer * tile_height, width, height, (layer, head) == selected)
        for layer, head in np.ndindex(num_layers, num_heads)
    ]
    layout = go.Layout(
        title={"text": escape(title, quote=False)},
        height=80 + num_layers * max(56, min(120, 960 // num_heads)),
        margin={"l": 10, "r": 10, "t": 80 if title else 40, "b": 10},
        xaxis=_tile_axis("head", num_heads, tile_width, width) | {"side": "top"},
        yaxis=_tile_axis("layer", num_layers, tile_height, height) | {"autorange": "reversed"},
        shapes=frames,
    )
    heatmap = go.Heatmap(z=mosaic, zmin=0, zmax=1, showscale=False, hoverinfo="skip")
    return go.Figure(heatmap, layout)


def _frame(column: int, row: int, width: int, height: int, is_selected: bool) -> dict[str, Any]:
    x, y = column - 0.5, row - 0.5  # a cell reaches half a unit to each side of its position
    line = {"width": 3, "color": "#e69f00"} if is_selected else {"width": 1, "color": "#8886"}
    return {"type": "rect", "x0": x, "y0": y, "x1": x + width, "y1": y + height, "line": line}


def _token_axis(tokens: Sequence[str]) -> dict[str, Any]:
    """Tokens by position, since a token axis would merge equal ones; long axes are thinned out."""
    positions = range(0, len(tokens), -(-len(tokens) // MOST_LABELS) or 1)
    return {
        "tickmode": "array",
        "tickvals": list(positions),
        "ticktext": [_label(tokens[position]) for position in positions],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _label(token: str) -> str:
    shortened = token if len(token) <= LONGEST_LABEL else token[: LONGEST_LABEL - 1] + "…"
    return escape(shortened, quote=False)


def _tile_axis(name: str, count: int, tile_size: int, size: int) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": [index * tile_size + (size - 1) / 2 for index in range(count)],
        "ticktext": [f"{name} {index + 1}" for index in range(count)],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
