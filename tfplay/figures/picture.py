"""A picture as the model reads it: a number for each pixel."""

import numpy as np
import plotly.graph_objects as go

SIDE = 280  # pixels of the screen


def picture(pixels: np.ndarray) -> go.Figure:
    """A grey picture, white on black, with the value of each pixel on hovering.

    Args:
        pixels: (height, width), from 0 (black) to 1.

    Example:
        >>> picture(np.eye(8)).show()
    """
    heatmap = go.Heatmap(
        z=pixels,
        zmin=0,
        zmax=1,
        xgap=1,
        ygap=1,
        colorscale=[[0, "#000000"], [1, "#ffffff"]],
        showscale=False,
        hovertemplate="row %{y}, column %{x}<br>%{z:.2f}<extra></extra>",
    )
    height, width = pixels.shape
    axis = {"visible": False, "fixedrange": True, "constrain": "domain"}
    layout = go.Layout(
        height=SIDE,
        width=SIDE,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        plot_bgcolor="#808080",
        xaxis=axis | {"range": [-0.5, width - 0.5]},
        yaxis=axis | {"range": [height - 0.5, -0.5], "scaleanchor": "x"},
    )
    return go.Figure(heatmap, layout)
