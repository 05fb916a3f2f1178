"""Vectors as coloured rows, and their sums."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

ROW_HEIGHT = 20  # pixels
LONGEST_LABEL = 16  # characters
MOST_LABELS = 40
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
MILLISECONDS = 400


def value_heatmap(
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str] | None = None,
    x_title: str = "",
    y_title: str = "",
    marked: Collection[int] = (),
) -> go.Figure:
    """A cell for each value; colours are the same for values equally far from 0.

    Args:
        values: (N, M).
        rows: Names of the N rows.
        columns: Names of the M columns; `None` is their numbers, from 1.
        x_title: What the columns are.
        y_title: What the rows are.
        marked: Rows with a frame around, counted from 0.

    Example:
        >>> value_heatmap(np.random.randn(3, 8), ["a", "b", "c"]).show()
    """
    frames = [
        {
            **{"type": "rect", "xref": "paper", "x0": 0, "x1": 1},
            **{"y0": row - 0.5, "y1": row + 0.5, "line": {"width": 2, "color": "#e69f00"}},
        }
        for row in marked
    ]
    x_axis = {"title": x_title, "ticks": "", "showgrid": False, "zeroline": False}
    if columns is not None:
        x_axis |= _axis(columns)
    layout = go.Layout(
        height=110 + min(640, max(120, ROW_HEIGHT * len(rows))),
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis=x_axis | {"automargin": True},
        yaxis=_axis(rows) | {"title": y_title, "autorange": "reversed"},
        shapes=frames,
    )
    return go.Figure(_heatmap(values, rows, columns, _limit([values])), layout)


def added_strips(parts: Mapping[str, np.ndarray], tokens: Sequence[str], total: str) -> go.Figure:
    """What is added, one below the other, and the sum, which grows when it is played.

    Args:
        parts: (T, E) each, by name; the first is there from the beginning.
        tokens: T names.
        total: What the sum is called.
    """
    first, *others = parts.values()
    added = np.sum(others, axis=0) if others else np.zeros_like(first)
    strips = {**parts, total: first + added}
    limit = _limit(strips.values())
    height = 150 + len(strips) * (36 + ROW_HEIGHT * len(tokens))
    figure = make_subplots(
        len(strips), 1, shared_xaxes=True, subplot_titles=[*strips], vertical_spacing=36 / height
    )
    for row, values in enumerate(strips.values(), start=1):
        figure.add_trace(_heatmap(values, tokens, None, limit, row == 1), row, 1)
        figure.update_yaxes(_axis(tokens) | {"autorange": "reversed"}, row=row, col=1)
    last = len(strips) - 1
    figure.frames = [
        go.Frame(
            name=f"{share:.0%}",
            data=[_heatmap(first + share * added, tokens, None, limit, False)],
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


def _heatmap(
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str] | None,
    limit: float,
    showscale: bool = True,
) -> go.Heatmap:
    names = [escape(row, quote=False) for row in rows]
    others = [str(column + 1) for column in range(values.shape[1])]
    others = others if columns is None else [escape(each, quote=False) for each in columns]
    return go.Heatmap(
        z=np.round(values.astype("float64"), 4),
        x0=1 if columns is None else 0,
        dx=1,
        zmin=-limit,
        zmax=limit,
        autocolorscale=True,
        showscale=showscale,
        customdata=[[[name, other] for other in others] for name in names],
        colorbar={"thickness": 10, "outlinewidth": 0},
        hovertemplate="%{customdata[0]}, %{customdata[1]}: %{z:.3f}<extra></extra>",
    )


def _limit(arrays: Any) -> float:
    """The largest absolute value, without the few that would pale all others."""
    return max(float(np.quantile(np.abs(values), 0.995)) for values in arrays) or 1.0


def _axis(names: Sequence[str]) -> dict[str, Any]:
    places = range(0, len(names), -(-len(names) // MOST_LABELS) or 1)
    return {
        "tickmode": "array",
        "tickvals": list(places),
        "ticktext": [_label(names[place]) for place in places],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _label(name: str) -> str:
    shortened = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
    return escape(shortened, quote=False)


def _slider(added: str) -> dict[str, Any]:
    return {
        "active": len(SHARES) - 1,
        "currentvalue": {"prefix": f"of the {added} added: "},
        "x": 0.12,
        "len": 0.88,
        "pad": {"t": 40},
        "steps": [
            {"label": f"{share:.0%}", "method": "animate", "args": [[f"{share:.0%}"], _moving(0)]}
            for share in SHARES
        ],
    }


def _play_button() -> dict[str, Any]:
    play = {"label": "▶", "method": "animate", "args": [None, _moving(MILLISECONDS)]}
    return {
        **{"type": "buttons", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top"},
        **{"pad": {"t": 50}, "showactive": False, "buttons": [play]},
    }


def _moving(duration: int) -> dict[str, Any]:
    return {
        "frame": {"duration": duration, "redraw": True},
        "transition": {"duration": 0},
        "mode": "immediate",
    }
