"""What the patches of a picture do for an answer: colours over it."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.picture import SIDE, picture

LEAST_FULL = 0.05
"""The least change that may fill a figure: smaller ones look small even where all are."""


def patches_over_picture(
    pixels: np.ndarray,
    values: np.ndarray,
    is_change: bool = False,
    chosen: tuple[int, int] | None = None,
) -> go.Figure:
    """A picture with a colour over each of its patches, the stronger the larger its value.

    Args:
        pixels: (height, width), from 0 (black) to 1.
        values: (rows, columns), shares of 1.
        is_change: Whether the values add or take away, in two colours.
        chosen: Row and column of a patch to draw a frame around.

    Returns:
        A figure whose last trace has a point for each patch, row by row, that can be chosen.

    Example:
        >>> patches_over_picture(np.eye(8), np.full((4, 4), 1 / 17)).show()
    """
    rows, columns = values.shape
    height, width = pixels.shape[0] / rows, pixels.shape[1] / columns
    middles_x = (np.arange(columns) + 0.5) * width - 0.5  # a pixel's middle is a whole number
    middles_y = (np.arange(rows) + 0.5) * height - 0.5
    figure = picture(pixels)
    figure.update_traces(hoverinfo="skip", hovertemplate=None)
    figure.add_heatmap(x=middles_x, y=middles_y, z=values, **_patch_colors(values, is_change))
    places = list(np.ndindex(rows, columns))
    unit = " points" if is_change else ""
    figure.add_scatter(
        x=[middles_x[column] for _, column in places],
        y=[middles_y[row] for row, _ in places],
        customdata=[[row + 1, column + 1] for row, column in places],
        text=[_number(values[place], is_change) for place in places],
        mode="markers",
        marker={"symbol": "square", "size": SIDE / max(rows, columns), "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        hovertemplate=(
            "row %{customdata[0]}, column %{customdata[1]}<br>%{text}" + unit + "<extra></extra>"
        ),
        showlegend=False,
    )
    if chosen is not None:
        x, y = middles_x[chosen[1]], middles_y[chosen[0]]
        figure.add_shape(
            type="rect",
            x0=x - width / 2,
            x1=x + width / 2,
            y0=y - height / 2,
            y1=y + height / 2,
            line={"width": 3, "color": "#e69f00"},
        )
    return figure


def _patch_colors(values: np.ndarray, is_change: bool) -> dict[str, Any]:
    """Transparent at 0; one colour for shares, two for what adds and what takes away."""
    strongest = np.abs(values).max(initial=LEAST_FULL if is_change else 1e-6)
    less, more = "rgba(86, 180, 233, {})", "rgba(230, 159, 0, {})"
    scale = [[0, more.format(0)], [1, more.format(0.9)]]
    if is_change:
        scale = [[0, less.format(0.9)], [0.5, less.format(0)], [0.5, scale[0][1]], scale[1]]
    return {
        "colorscale": scale,
        "zmin": -strongest if is_change else 0,
        "zmax": strongest,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _number(value: float, is_change: bool) -> str:
    return f"{100 * value:+.1f}" if is_change else f"{value:.1%}"
