"""How alike the heads of a model are, pair by pair."""

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import named_axis
from tfplay.figures.theme import COLORBAR, themed

MOST_LABELS = 24
LONGEST_LABEL = 16  # characters


def head_similarity(similarity: np.ndarray, num_heads: int) -> go.Figure:
    """A cell for each pair of heads, with a line between layers.

    Args:
        similarity: (layers H, layers H), from 0 to 1, all heads of the first layer first.
        num_heads: Heads of a layer (H).

    Example:
        >>> head_similarity(np.eye(8), num_heads=4).show()
    """
    count = len(similarity)
    names = [f"{index // num_heads + 1}.{index % num_heads + 1}" for index in range(count)]
    heatmap = go.Heatmap(
        z=similarity,
        zmin=0,
        zmax=1,
        customdata=[[[row, column] for column in names] for row in names],
        xgap=1,
        ygap=1,
        colorbar=COLORBAR,
        hovertemplate="heads %{customdata[0]} and %{customdata[1]}: %{z:.2f}<extra></extra>",
    )
    axis = named_axis(names, LONGEST_LABEL, MOST_LABELS) | {"constrain": "domain"}
    ends = [edge - 0.5 for edge in range(num_heads, count, num_heads)]
    line = {"width": 2, "color": "#888888"}
    across = [{"type": "line", "x0": -0.5, "x1": count - 0.5, "y0": end, "y1": end} for end in ends]
    down = [{"type": "line", "y0": -0.5, "y1": count - 0.5, "x0": end, "x1": end} for end in ends]
    layout = go.Layout(
        height=380,
        xaxis=axis | {"title": "layer.head"},
        yaxis=axis | {"title": "layer.head", "autorange": "reversed", "scaleanchor": "x"},
        shapes=[shape | {"line": line} for shape in (*across, *down)],
    )
    return themed(heatmap, layout)
