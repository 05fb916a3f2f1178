"""Vectors on a plane, moving from step to step of a training."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import short_label
from tfplay.figures.theme import themed

LONGEST_LABEL = 14  # characters
MILLISECONDS = 500
"""Time from one step to the next while the animation plays."""


def moving_points(
    steps: Sequence[int],
    points: np.ndarray,
    names: Sequence[str],
    kinds: Sequence[str],
    labelled: Collection[int],
    connected: bool = False,
) -> go.Figure:
    """Points with a slider over the steps and a button that plays them.

    Args:
        steps: N steps, in order; the last is shown at first.
        points: (N, P, 2).
        names: Names of the P points.
        kinds: Kinds of the P points; each kind has a colour and a place in the legend.
        labelled: Which points have their name beside them, counted from 0.
        connected: Draw a line from each point to the next.

    Example:
        >>> moving_points(
        ...     [0, 9], np.random.rand(2, 3, 2), ["a", "b", "c"], ["x"] * 3, [0, 1]
        ... ).show()
    """
    shown = [short_label(name, LONGEST_LABEL) for name in names]
    members = {
        kind: [i for i, each in enumerate(kinds) if each == kind]
        for kind in [*dict.fromkeys(kinds)]
    }

    def traces(places: np.ndarray) -> list[go.Scatter]:
        return [
            go.Scatter(
                x=places[indices, 0],
                y=places[indices, 1],
                text=[shown[index] if index in labelled else "" for index in indices],
                customdata=[shown[index] for index in indices],
                name=escape(kind, quote=False),
                mode="lines+markers+text" if connected else "markers+text",
                textposition="top center",
                cliponaxis=False,
                line={"width": 1},
                marker={"size": [8 if index in labelled else 4 for index in indices]},
                hovertemplate="%{customdata}<extra></extra>",
            )
            for kind, indices in members.items()
        ]

    frames = [
        go.Frame(name=str(step), data=traces(places))
        for step, places in zip(steps, points, strict=True)
    ]
    layout = _layout(steps, points).update(showlegend=len(members) > 1)
    return themed(traces(points[-1]), layout, frames)


def _layout(steps: Sequence[int], points: np.ndarray) -> go.Layout:
    """Axes on which all points (N, P, 2) have room, a slider and a button."""
    low, high = points.reshape(-1, 2).min(axis=0), points.reshape(-1, 2).max(axis=0)
    margin = 0.08 * (high - low)
    ranges = np.stack([low - margin, high + margin], axis=-1)
    return go.Layout(
        height=560,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis=_axis("first main axis", ranges[0]),
        yaxis=_axis("second main axis", ranges[1]),
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        sliders=[_slider(steps)],
        updatemenus=[_play_button()],
    )


def _axis(title: str, shown: np.ndarray) -> dict[str, Any]:
    return {
        "title": title,
        "range": shown.tolist(),
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _slider(steps: Sequence[int]) -> dict[str, Any]:
    return {
        "active": len(steps) - 1,
        "currentvalue": {"prefix": "training step "},
        "x": 0.12,
        "len": 0.88,
        "pad": {"t": 50},
        "steps": [
            {
                "label": f"{step:,}",
                "method": "animate",
                "args": [[str(step)], _animation(duration=200)],
            }
            for step in steps
        ],
    }


def _play_button() -> dict[str, Any]:
    return {
        "type": "buttons",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": 60},
        "showactive": False,
        "buttons": [
            {
                "label": "▶",
                "method": "animate",
                "args": [None, _animation(MILLISECONDS) | {"fromcurrent": False}],
            }
        ],
    }


def _animation(duration: int) -> dict[str, Any]:
    return {
        "frame": {"duration": duration, "redraw": False},
        "transition": {"duration": duration, "easing": "cubic-in-out"},
        "mode": "immediate",
    }
