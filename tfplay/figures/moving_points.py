"""Vectors on a plane, moving from step to step of a training."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import short_label
from tfplay.figures.player import player
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
    labels = {str(step): f"{step:,}" for step in steps}
    playing = _animation(MILLISECONDS) | {"fromcurrent": False}
    return go.Layout(
        height=560,
        xaxis=_axis("first main axis", ranges[0]),
        yaxis=_axis("second main axis", ranges[1]),
        **player(labels, "training step ", 50, _animation(200), playing),
    )


def _axis(title: str, shown: np.ndarray) -> dict[str, Any]:
    return {
        "title": title,
        "range": shown.tolist(),
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
    }


def _animation(duration: int) -> dict[str, Any]:
    return {
        "frame": {"duration": duration, "redraw": False},
        "transition": {"duration": duration, "easing": "cubic-in-out"},
        "mode": "immediate",
    }
