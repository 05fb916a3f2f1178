"""What the turns of a conversation cost, in several ways."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from tfplay.figures.theme import themed


def turn_costs(turns: Sequence[str], costs: Mapping[str, Sequence[float]], unit: str) -> go.Figure:
    """A group of bars for each turn, a bar for each way.

    Args:
        turns: Names of the turns, the first on the left.
        costs: A number for each turn, by the way's name.
        unit: Unit of the numbers.

    Example:
        >>> turn_costs(["turn 1", "turn 2"], {"with": [2, 2], "without": [9, 20]}, "ms").show()
    """
    largest = max(value for values in costs.values() for value in values)
    number = "%{y:.3~s}" if largest >= 1000 else "%{y:.3~g}"  # 390M, but 0.5 and not 500m
    bars = [
        go.Bar(
            x=list(range(len(turns))),
            y=list(values),
            name=escape(way, quote=False),
            texttemplate=number,
            textposition="outside",
            cliponaxis=False,
            hovertemplate=f"{number} {escape(unit, quote=False)}",
        )
        for way, values in costs.items()
    ]
    layout = go.Layout(
        height=340,
        xaxis={
            "tickmode": "array",
            "tickvals": list(range(len(turns))),
            "ticktext": [escape(turn, quote=False) for turn in turns],
            "fixedrange": True,
            "automargin": False,
        },
        yaxis={
            "title": escape(unit, quote=False),
            "fixedrange": True,
        },
        legend={"y": 1.08},
        hovermode="x unified",
    )
    return themed(bars, layout)
