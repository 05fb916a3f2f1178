"""How something changes over the steps of a training, from its first weights to its last."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.theme import themed
from tfplay.figures.traces import named_line


def lines_over_steps(
    steps: Sequence[int],
    lines: Mapping[str, Sequence[float]],
    value: str,
    levels: Mapping[str, float] | None = None,
    number_format: str = ".2f",
) -> go.Figure:
    """A line each for what was measured after these steps.

    The steps are spread as log(step + 1), since most happens early.

    Args:
        steps: N steps, in order; 0 is before the first.
        lines: N values by the line's name.
        value: What they are, with the unit.
        levels: Values to compare with, drawn as dashed lines over all steps, by their names.
        number_format: How values are written, in d3's language.

    Example:
        >>> lines_over_steps([0, 10, 100], {"model": [4.2, 3.1, 2.0]}, "loss (nats)").show()
    """
    places = _places(steps)
    hover = f"step %{{customdata:,}}: %{{y:{number_format}}}"
    traces = [
        named_line(name, places, values, hover, customdata=list(steps))
        for name, values in lines.items()
    ]
    layout = _layout(steps, value, number_format)
    layout.showlegend = len(traces) > 1
    return _with_levels(themed(traces, layout), levels or {})


def heads_over_steps(
    steps: Sequence[int],
    values: np.ndarray,
    value: str,
    levels: Mapping[str, float] | None = None,
    number_format: str = ".2f",
) -> go.Figure:
    """A thin line for each head, in the colour of its layer.

    Args:
        steps: N steps, in order; 0 is before the first.
        values: (N, layers, H).
        value: What they are, with the unit.
        levels: Values to compare with, drawn as dashed lines over all steps, by their names.
        number_format: How values are written, in d3's language.

    Example:
        >>> heads_over_steps([0, 10], np.random.rand(2, 3, 4), "entropy (bits)").show()
    """
    num_layers, num_heads = values.shape[1:]
    places = _places(steps)
    traces = []
    for layer in range(num_layers):
        x, y, labels = [], [], []
        for head in range(num_heads):  # one trace a layer: its heads have one colour so
            x += [*places, None]
            y += [*values[:, layer, head].tolist(), None]
            labels += [[head + 1, step] for step in steps] + [[None, None]]
        traces.append(
            go.Scatter(
                x=x,
                y=y,
                customdata=labels,
                name=f"layer {layer + 1}",
                mode="lines+markers",
                line={"width": 1.5},
                marker={"size": 4},
                hovertemplate=f"layer {layer + 1}, head %{{customdata[0]}}<br>"
                f"step %{{customdata[1]:,}}: %{{y:{number_format}}}<extra></extra>",
            )
        )
    layout = _layout(steps, value, number_format)
    layout.hovermode = "closest"
    return _with_levels(themed(traces, layout), levels or {})


def _places(steps: Sequence[int]) -> list[float]:
    return [math.log10(step + 1) for step in steps]


def _layout(steps: Sequence[int], value: str, number_format: str) -> go.Layout:
    last = steps[-1]
    powers = [10**power for power in range(len(str(last))) if 10**power < 0.6 * last]
    ticks = [0, *powers, last] if last else [0]
    return go.Layout(
        height=340,
        xaxis={
            "title": "training step",
            "tickmode": "array",
            "tickvals": _places(ticks),
            "ticktext": [f"{step:,}" for step in ticks],
            "zeroline": False,
        },
        yaxis={
            "title": value,
            "tickformat": number_format if number_format.endswith("%") else None,
            "zeroline": False,
        },
        hovermode="x",
        showlegend=True,
    )


def _with_levels(figure: go.Figure, levels: Mapping[str, float]) -> go.Figure:
    for place, name in enumerate(sorted(levels, key=levels.__getitem__)):
        figure.add_hline(
            levels[name],
            line={"dash": "dash", "width": 1.5, "color": "#888888"},
            annotation=_level_name(name, is_below=place % 2 == 0),
        )
    return figure


def _level_name(name: str, is_below: bool) -> dict[str, Any]:
    """The name at its line; those of two neighbours, however close, stand on different sides."""
    return {
        "text": escape(name, quote=False),
        "xanchor": "right",
        "yanchor": "top" if is_below else "bottom",
        "x": 1,
        "font": {"size": 12},
    }
