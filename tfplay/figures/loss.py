"""The loss of a training over its steps, and measures of several trainings compared."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from tfplay.figures.theme import themed

MOST_POINTS = 1000
FEW_POINTS = 60
"""Lines with at most this many points have their points marked."""

LEARNED_BY_HEART = 1.02
"""How many times its lowest value the last validation loss is, or more, after overfitting."""

X_TITLES = {"step": "step", "tokens": "tokens read", "seconds": "seconds of training"}
"""The x-axes over which runs can be compared, with their titles."""


def loss_chart(metrics: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Training and validation loss of one run.

    Args:
        metrics: A row for each step, with `step`, `loss` and, where the validation ran,
            `validation_loss`.

    Returns:
        Two lines: the loss of each batch, and the validation loss. Where learning by heart begins
        is marked.

    Example:
        >>> loss_chart([{"step": 1, "loss": 4.2}, {"step": 2, "loss": 3.9}]).show()
    """
    figure = _loss_figure()
    mode = "lines+markers" if len(metrics) <= FEW_POINTS else "lines"
    figure.add_trace(_line("training", metrics, "loss", opacity=0.55, mode=mode))
    figure.add_trace(_line("validation", metrics, "validation_loss", mode="lines+markers"))
    if (step := overfitting_step(metrics)) is not None:
        figure.add_vline(
            step,
            line={"dash": "dot", "width": 1},
            annotation={"text": "from here on it learns by heart", "textangle": -90},
            annotation_position="bottom right",
        )
    return figure


def overfitting_step(metrics: Sequence[Mapping[str, Any]]) -> int | None:
    """The step after which the validation loss only rose while the training went on.

    Args:
        metrics: Rows as for `loss_chart`.

    Returns:
        That of the lowest validation loss; `None` if the last is not clearly higher.

    Example:
        >>> overfitting_step([{"step": s, "validation_loss": v} for s, v in [(10, 2.0), (20, 3.0)]])
        10
    """
    losses = {
        row["step"]: row["validation_loss"]
        for row in metrics
        if row.get("validation_loss") is not None
    }
    if not losses:
        return None
    best = min(losses, key=losses.__getitem__)
    return best if losses[max(losses)] >= LEARNED_BY_HEART * losses[best] else None


def comparison_chart(
    metrics_of_runs: Mapping[str, Sequence[Mapping[str, Any]]],
    key: str = "validation_loss",
    title: str = "loss (nats)",
    x: str = "step",
    smoothing: float = 0.0,
    logarithmic: bool = False,
) -> go.Figure:
    """One measure of several runs, a line each.

    Args:
        metrics_of_runs: Rows as for `loss_chart`, by the run's name.
        key: The measure: a key of the rows.
        title: What it is called, with its unit.
        x: What it is drawn over: a key of `X_TITLES`.
        smoothing: From 0 (as it was measured) to below 1; the weight of what came before.
        logarithmic: Whether equal distances upwards are equal ratios; there, zero has no place.

    Example:
        >>> comparison_chart({"with residual": first, "without": second}, "loss").show()
    """
    figure = _loss_figure()
    for name, rows in metrics_of_runs.items():
        points = [(row[x], row[key]) for row in rows if row.get(key) is not None]
        values = smoothed([value for _, value in points], smoothing)
        drawn = [{x: place, key: value} for (place, _), value in zip(points, values, strict=True)]
        mode = "lines+markers" if 0 < len(drawn) <= FEW_POINTS else "lines"
        figure.add_trace(_line(name, drawn, key, x, mode=mode))
    figure.update_xaxes(title=X_TITLES[x])
    figure.update_yaxes(title=title, type="log" if logarithmic else "linear")
    return figure


def smoothed(values: Sequence[float], weight: float) -> list[float]:
    """Each value averaged with those before it, which fade by `weight` at every step.

    Args:
        values: Values in the order of time.
        weight: From 0, which leaves them as they are, to below 1.

    Example:
        >>> smoothed([4.0, 1.0], 0.5)
        [4.0, 2.0]
    """
    averages, total, share = [], 0.0, 0.0
    for value in values:
        total = weight * total + (1 - weight) * value
        share = weight * share + 1 - weight  # of 1: how much has been averaged so far
        averages.append(total / share)
    return averages


def _line(
    name: str, metrics: Sequence[Mapping[str, Any]], key: str, x: str = "step", **style: Any
) -> go.Scatter:
    points = [(row[x], row[key]) for row in metrics if row.get(key) is not None]
    stride = -(-len(points) // MOST_POINTS) or 1
    kept = points[::stride] + (points[-1:] if stride > 1 else [])
    steps, losses = zip(*kept, strict=True) if kept else ((), ())
    return go.Scatter(
        x=steps, y=losses, name=escape(name, quote=False), **{"mode": "lines"} | style
    )


def _loss_figure() -> go.Figure:
    return themed(
        layout=go.Layout(
            height=320,
            xaxis={"title": "step", "rangemode": "tozero", "minallowed": 0},
            yaxis={"title": "loss (nats)"},
            hovermode="x unified",
            showlegend=True,
        )
    )
