"""Tokens as points, in two or three dimensions."""

from collections.abc import Collection, Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import short_label
from tfplay.figures.theme import themed

LONGEST_LABEL = 14  # characters
NEAR = {"x": 0.85, "y": 0.85, "z": 0.85}
"""The viewpoint in space, in units of the cube that holds all points."""


def token_points(
    points: np.ndarray,
    names: Sequence[str],
    kinds: Sequence[str],
    labelled: Collection[int],
    connected: bool = False,
) -> go.Figure:
    """A point for each token, coloured by kind.

    Args:
        points: (N, 2) or (N, 3).
        names: Names of the N points.
        kinds: Kinds of the N points; each kind has a colour and a place in the legend.
        labelled: Which points are larger and have their name beside them, counted from 0.
        connected: Draw a line from each point to the next of its kind.

    Example:
        >>> token_points(np.random.rand(3, 2), ["a", "b", "7"], ["x", "x", "number"], [0]).show()
    """
    labelled = set(labelled)
    shown = [short_label(name, LONGEST_LABEL) for name in names]
    traces = []
    for kind in dict.fromkeys(kinds):
        indices = [index for index, each in enumerate(kinds) if each == kind]
        style = {
            "name": escape(kind, quote=False),
            "mode": "lines+markers+text" if connected else "markers+text",
            "text": [shown[index] if index in labelled else "" for index in indices],
            "customdata": [shown[index] for index in indices],
            "textposition": "top center",
            "line": {"width": 1},
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        x, y, *z = points[indices].T
        sizes = np.array([index in labelled for index in indices])
        if z:
            marker = {"size": np.where(sizes, 6, 3)}
            traces.append(go.Scatter3d(x=x, y=y, z=z[0], marker=marker, **style))
        else:
            marker = {"size": np.where(sizes, 9, 5)}
            traces.append(go.Scatter(x=x, y=y, marker=marker, cliponaxis=False, **style))
    bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "title": ""}
    layout = go.Layout(
        height=560,
        xaxis=bare,
        yaxis=bare,
        scene={name: bare | {"showbackground": False} for name in ("xaxis", "yaxis", "zaxis")},
        scene_camera_eye=NEAR,
        legend={
            **{"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            "itemsizing": "constant",
        },
        showlegend=len(traces) > 1,
    )
    return themed(traces, layout)
