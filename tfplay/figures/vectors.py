"""Vectors as coloured rows, added step by step."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from tfplay.figures.grid import SIGNED
from tfplay.figures.labels import named_axis
from tfplay.figures.player import player
from tfplay.figures.theme import COLORBAR, themed

ROW_HEIGHT = 20  # pixels
LONGEST_LABEL = 16  # characters
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
MILLISECONDS = 400


def added_strips(parts: Mapping[str, np.ndarray], tokens: Sequence[str], total: str) -> go.Figure:
    """The vectors that are added, one below the other, and their sum, which grows as it is played.

    Args:
        parts: (T, E) each, by name; the first is there from the beginning.
        tokens: T names.
        total: What the sum is called.
    """
    first, *others = parts.values()
    added = np.sum(others, axis=0) if others else np.zeros_like(first)
    strips = {**parts, total: first + added}
    limit = _limit(strips.values())
    height = 172 + len(strips) * (36 + ROW_HEIGHT * len(tokens))
    figure = make_subplots(
        len(strips),
        1,
        shared_xaxes=True,
        subplot_titles=[*strips],
        vertical_spacing=36 / height,
        figure=themed(),
    )
    rows = named_axis(tokens, LONGEST_LABEL) | {"autorange": "reversed"}
    for row, values in enumerate(strips.values(), start=1):
        figure.add_trace(_heatmap(values, tokens, limit, row == 1), row, 1)
        figure.update_yaxes(rows, row=row, col=1)
    labels = {f"{share:.0%}": f"{share:.0%}" for share in SHARES}
    prefix = f"of the {' + '.join(list(parts)[1:])} added: "
    last = len(strips) - 1
    figure.frames = [
        go.Frame(
            name=f"{share:.0%}",
            data=[_heatmap(first + share * added, tokens, limit, False)],
            traces=[last],
        )
        for share in SHARES
    ]
    figure.update_xaxes(ticks="", showgrid=False, zeroline=False)
    figure.update_xaxes(title="dimension", row=len(strips), col=1)
    figure.update_layout(
        height=height,
        margin={"t": 30},
        **player(labels, prefix, 62, _moving(0), _moving(MILLISECONDS)) if others else {},
    )
    return figure


def _heatmap(values: np.ndarray, tokens: Sequence[str], limit: float, scale: bool) -> go.Heatmap:
    names = [escape(token, quote=False) for token in tokens]
    return go.Heatmap(
        z=np.round(values.astype("float64"), 4),
        x0=1,
        dx=1,
        zmin=-limit,
        zmax=limit,
        colorscale=SIGNED,
        showscale=scale,
        customdata=[[name] * values.shape[1] for name in names],
        colorbar=COLORBAR,
        hovertemplate="%{customdata}, dimension %{x}: %{z:.3f}<extra></extra>",
    )


def _limit(arrays: Iterable[np.ndarray]) -> float:
    """The largest absolute value, without the few that would make all others look pale."""
    return max(float(np.quantile(np.abs(values), 0.995)) for values in arrays) or 1.0


def _moving(duration: int) -> dict[str, Any]:
    return {
        "frame": {"duration": duration, "redraw": True},
        "transition": {"duration": 0},
        "mode": "immediate",
    }
