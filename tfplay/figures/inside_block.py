"""What happens to single numbers inside a block: norms and activations."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import short_label
from tfplay.figures.theme import themed

LONGEST_LABEL = 16  # characters


def means_and_deviations(
    tokens: Sequence[str], spreads: Mapping[str, tuple[np.ndarray, np.ndarray]]
) -> go.Figure:
    """Mean and standard deviation of each token's row, at several stages side by side.

    Args:
        tokens: T tokens.
        spreads: Means and deviations by stage, (T,) each.

    Example:
        >>> means_and_deviations(["a"], {"before": (np.array([0.3]), np.array([2.0]))}).show()
    """
    positions = np.arange(len(tokens))
    labels = [short_label(token, LONGEST_LABEL) for token in tokens]
    shift = 0.5 / len(spreads)
    dots = [
        go.Scatter(
            x=positions + shift * (index - (len(spreads) - 1) / 2),
            y=means,
            error_y={"type": "data", "array": deviations, "thickness": 2, "width": 3},
            customdata=np.stack([labels, deviations], axis=-1),
            mode="markers",
            name=stage,
            hovertemplate="%{customdata[0]}<br>mean %{y:.4g}<br>deviation %{customdata[1]:.4g}",
        )
        for index, (stage, (means, deviations)) in enumerate(spreads.items())
    ]
    layout = go.Layout(
        height=380,
        xaxis={
            "tickmode": "array",
            "tickvals": positions,
            "ticktext": labels,
            "showgrid": False,
            "zeroline": False,
        },
        yaxis={"title": "mean ± deviation"},
    )
    return themed(dots, layout)


def activation_curves(
    grid: np.ndarray,
    curves: Mapping[str, np.ndarray],
    own: str,
    sums: np.ndarray,
    answers: np.ndarray,
) -> go.Figure:
    """Activations as curves, and real neurons as points on one of them.

    Args:
        grid: (N,) where the curves are drawn.
        curves: (N,) each, by the activation's name.
        own: The name of the curve that the points lie on.
        sums: (P,) the inputs of the neurons.
        answers: (P,) the outputs of the neurons.

    Example:
        >>> x = np.linspace(-3, 3, 61)
        >>> activation_curves(x, {"relu": np.maximum(x, 0)}, "relu", x[:5], x[:5] * 0).show()
    """
    lines = [
        go.Scatter(x=grid, y=values, mode="lines", name=name, hoverinfo="skip")
        for name, values in curves.items()
    ]
    points = go.Scatter(
        x=sums,
        y=answers,
        mode="markers",
        name=f"neurons ({own})",
        text=[f"neuron {index + 1}" for index in range(len(sums))],
        marker={"size": 6, "opacity": 0.6},
        hovertemplate="%{text}<br>gets %{x:.4g}<br>answers %{y:.4g}<extra></extra>",
    )
    layout = go.Layout(
        height=360,
        xaxis={"title": "the neuron's sum"},
        yaxis={"title": "its answer"},
    )
    return themed([*lines, points], layout)
