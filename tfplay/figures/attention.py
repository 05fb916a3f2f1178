"""Attention as a heatmap."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import named_axis
from tfplay.figures.theme import COLORBAR, themed

CELL_HEIGHT = 26  # pixels
MOST_LABELS = 64
MOST_GAPS = 64
"""With more rows than these, lines between them would cover the cells."""
LONGEST_LABEL = 16  # characters
MOST_OF_ALL = 0.5
"""The share of all attention from which on one token would make the others look alike."""


def attention_heatmap(
    attention_scores: np.ndarray,
    target_tokens: Sequence[str],
    source_tokens: Sequence[str],
    title: str = "",
    deepest: float | None = None,
) -> go.Figure:
    """One head's attention: each row is a token that looks, each column one that is looked at.

    Args:
        attention_scores: (T, S), after the softmax: each row sums to 1.
        target_tokens: T tokens, the queries; the same token may stand there more than once.
        source_tokens: S tokens, the keys.
        title: What the figure shows.
        deepest: The score from which colours grow no deeper; `None` is `deepest_score`.

    Returns:
        A heatmap whose colours begin at 0.

    Example:
        >>> scores = np.array([[1.0, 0.0], [0.3, 0.7]])
        >>> attention_heatmap(scores, ["I", "am"], ["I", "am"]).show()
    """
    gap = int(max(attention_scores.shape) <= MOST_GAPS)
    if deepest is None:
        deepest = float(deepest_score(attention_scores))
    heatmap = go.Heatmap(
        z=attention_scores,
        zmin=0,
        zmax=deepest,
        xgap=gap,
        ygap=gap,
        colorbar=_colorbar(deepest, float(attention_scores.max())),
        hovertemplate="%{y} → %{x}<br>%{z:.2%}<extra></extra>",
    )
    height = 150 + CELL_HEIGHT * min(max(len(target_tokens), 6), 40)
    layout = go.Layout(
        title={"text": escape(title, quote=False)},
        height=height,
        margin={"t": 90 if title else 50},
        xaxis=token_axis(source_tokens) | {"side": "top", "title": "is looked at"},
        yaxis=token_axis(target_tokens) | {"autorange": "reversed", "title": "looks"},
    )
    return themed(heatmap, layout)


def deepest_score(attention_scores: np.ndarray) -> np.ndarray:
    """The score from which colours need not grow deeper, so that all others are told apart.

    It is the largest, unless one token gets more than half of all attention, as the first of a text
    often does (Xiao et al., 2023, arXiv:2309.17453). Then it is the largest that others get, or a
    tenth of the largest if that is still more.

    Args:
        attention_scores: (..., T, S).

    Returns:
        (...)

    Example:
        >>> deepest_score(np.array([[1.0, 0.0], [0.9, 0.1], [0.8, 0.2]])).item()
        0.2
    """
    largest = attention_scores.max(axis=(-2, -1))
    by_source = attention_scores.sum(axis=-2)
    most_seen = by_source.argmax(axis=-1)[..., None]
    others = attention_scores.max(axis=-2)
    np.put_along_axis(others, most_seen, 0, axis=-1)
    is_one_token = by_source.max(axis=-1) > MOST_OF_ALL * by_source.sum(axis=-1)
    return np.where(is_one_token, np.maximum(others.max(axis=-1), largest / 10), largest)


def _colorbar(deepest: float, largest: float) -> dict[str, Any]:
    """What a colour means; the deepest also stands for all that is larger."""
    if largest <= deepest:
        return COLORBAR | {"tickformat": ".0%"}
    ticks = np.linspace(0, deepest, 5)
    labels = [f"{tick:.1%}" for tick in ticks]
    return COLORBAR | {"tickvals": ticks, "ticktext": [*labels[:-1], f"≥ {labels[-1]}"]}


def token_axis(tokens: Sequence[str]) -> dict[str, Any]:
    """Tokens by position; long axes are thinned out."""
    return named_axis(tokens, LONGEST_LABEL, MOST_LABELS)
