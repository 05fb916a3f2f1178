"""Vectors as coloured rows, added step by step."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from tfplay.figures.grid import SIGNED
from tfplay.figures.labels import short_label
from tfplay.figures.theme import themed

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
    for row, values in enumerate(strips.values(), start=1):
        figure.add_trace(_heatmap(values, tokens, limit, row == 1), row, 1)
        figure.update_yaxes(_axis(tokens), row=row, col=1)
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
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        sliders=[_slider(" + ".join(list(parts)[1:]))] if others else [],
        updatemenus=[_play_button()] if others else [],
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
        colorbar={"thickness": 10, "outlinewidth": 0},
        hovertemplate="%{customdata}, dimension %{x}: %{z:.3f}<extra></extra>",
    )


def _limit(arrays: Iterable[np.ndarray]) -> float:
    """The largest absolute value, without the few that would make all others look pale."""
    return max(float(np.quantile(np.abs(values), 0.995)) for values in arrays) or 1.0


def _axis(names: Sequence[str]) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [short_label(name, LONGEST_LABEL) for name in names],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "autorange": "reversed",
    }


def _slider(added: str) -> dict[str, Any]:
    return {
        "active": len(SHARES) - 1,
        "currentvalue": {"prefix": f"of the {added} added: "},
        "x": 0.12,
        "len": 0.88,
        "pad": {"t": 62},
        "steps": [
            {"label": f"{share:.0%}", "method": "animate", "args": [[f"{share:.0%}"], _moving(0)]}
            for share in SHARES
        ],
    }


def _play_button() -> dict[str, Any]:
    play = {"label": "▶", "method": "animate", "args": [None, _moving(MILLISECONDS)]}
    return {
        **{"type": "buttons", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top"},
        **{"pad": {"t": 72}, "showactive": False, "buttons": [play]},
    }


def _moving(duration: int) -> dict[str, Any]:
    return {
        "frame": {"duration": duration, "redraw": True},
        "transition": {"duration": 0},
        "mode": "immediate",
    }
