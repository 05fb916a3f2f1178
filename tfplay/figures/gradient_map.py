"""How long the gradient is in each part of a model, over the steps of a training."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.gradients import part_name
from tfplay.figures.theme import themed

MOST_COLUMNS = 150

LEAST_DECADES = 3
"""The scale spans at least this many powers of ten, lest small differences look large."""


def gradient_map(metrics: Sequence[Mapping[str, Any]]) -> go.Figure:
    """The gradient's L2 norm by part of the model, input at the bottom; its colour is a logarithm.

    Where gradients vanish on their way back from the loss, colours fade downward; where they
    explode, they grow.

    Args:
        metrics: A row for each step, with `step` and `gradient_norms`, by part of the model.

    Example:
        >>> gradient_map([{"step": 1, "gradient_norms": {"embeddings": 0.2, "head": 0.3}}]).show()
    """
    parts = list(metrics[0]["gradient_norms"])
    steps = np.array([row["step"] for row in metrics])
    norms = np.array([list(row["gradient_norms"].values()) for row in metrics], dtype=float)
    with np.errstate(divide="ignore"):
        powers = np.log10(norms)  # (steps, parts)
    columns = np.array_split(np.arange(len(steps)), min(len(steps), MOST_COLUMNS))
    powers = np.stack([powers[column].mean(axis=0) for column in columns], axis=1)
    powers[~np.isfinite(powers)] = np.nan
    highest = np.ceil(np.nanmax(powers)) if np.isfinite(powers).any() else 0
    lowest = highest - LEAST_DECADES
    if np.isfinite(powers).any():
        lowest = min(lowest, np.floor(np.nanmin(powers)))
    ticks = np.arange(lowest, highest + 1)
    heatmap = go.Heatmap(
        x=[int(steps[column[-1]]) for column in columns],
        y=[part_name(part) for part in parts],
        z=powers.round(3),
        customdata=10**powers,
        zmin=lowest,
        zmax=highest,
        colorbar={
            "tickvals": ticks,
            "ticktext": [f"{10.0**power:g}" for power in ticks],
            "thickness": 12,
            "outlinewidth": 0,
        },
        hovertemplate="step %{x:,}, %{y}: %{customdata:.3g}<extra></extra>",
    )
    layout = go.Layout(
        height=max(280, 90 + 22 * len(parts)),
        xaxis={"title": "step", "showgrid": False, "zeroline": False},
        yaxis={"showgrid": False, "type": "category"},
        uirevision="keeps the zoom",
    )
    return themed(heatmap, layout)
