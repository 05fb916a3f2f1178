"""The loss over the steps of a training, or of several."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

MOST_POINTS = 1000


def loss_chart(metrics: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Training and validation loss of one run.

    Args:
        metrics: A row for each step, with `step`, `loss` and, where the validation ran,
            `validation_loss`.

    Returns:
        Two lines: the loss of each batch, and the validation loss.

    Example:
        >>> loss_chart([{"step": 1, "loss": 4.2}, {"step": 2, "loss": 3.9}]).show()
    """
    figure = _loss_figure()
    figure.add_trace(_line("training", metrics, "loss", opacity=0.55))
    figure.add_trace(_line("validation", metrics, "validation_loss", mode="lines+markers"))
    return figure


def loss_comparison(
    metrics_of_runs: Mapping[str, Sequence[Mapping[str, Any]]], key: str = "validation_loss"
) -> go.Figure:
    """The same loss of several runs, a line each.

    Args:
        metrics_of_runs: Metrics as for `loss_chart`, by the run's name.
        key: `"validation_loss"` or `"loss"`.

    Example:
        >>> loss_comparison({"with residual": first, "without": second}).show()
    """
    mode = "lines+markers" if key == "validation_loss" else "lines"
    lines = (_line(name, rows, key, mode=mode) for name, rows in metrics_of_runs.items())
    return _loss_figure().add_traces(list(lines))


def _line(name: str, metrics: Sequence[Mapping[str, Any]], key: str, **style: Any) -> go.Scatter:
    points = [(row["step"], row[key]) for row in metrics if row.get(key) is not None]
    stride = -(-len(points) // MOST_POINTS) or 1
    kept = points[::stride] + (points[-1:] if stride > 1 else [])
    steps, losses = zip(*kept, strict=True) if kept else ((), ())
    return go.Scatter(
        x=steps, y=losses, name=escape(name, quote=False), **{"mode": "lines"} | style
    )


def _loss_figure() -> go.Figure:
    return go.Figure(
        layout=go.Layout(
            height=320,
            margin={"l": 10, "r": 10, "t": 10, "b": 10},
            xaxis={"title": "step", "rangemode": "tozero", "automargin": True},
            yaxis={"title": "loss (nats)", "automargin": True},
            legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            hovermode="x unified",
            showlegend=True,
        )
    )
