"""A table of numbers as colours, with a word in each cell if wanted."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tfplay.figures.labels import named_axis, short_label
from tfplay.figures.theme import COLORBAR, themed

ROW_HEIGHT = 34  # pixels
MOST_TEXTS = 300
LONGEST_TEXT = 14  # characters
MOST_TICKS = 64
MOST_GAPS = 40
SIGNED = [[0, "#d55e00"], [0.5, "#c3cccb"], [1, "#0072b2"]]
"""Vermilion below 0 and blue above (Okabe and Ito, 2008); what is written on it can be read."""


def grid(
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    value: str,
    texts: Sequence[Sequence[str]] | None = None,
    number_format: str = ".2f",
    titles: tuple[str, str] = ("", ""),
    limits: tuple[float, float] | None = None,
) -> go.Figure:
    """A cell for each number; where some are negative, 0 has the middle colour.

    Args:
        values: (R, C); not a number leaves a cell empty.
        rows: R names, from the top.
        columns: C names.
        value: What the numbers are.
        texts: (R, C) words to write into the cells, if there are few enough to be read.
        number_format: How numbers are written, in d3's language.
        titles: Titles of the rows and of the columns.
        limits: Numbers with the first and the last colour; `None` is as far as they go.

    Example:
        >>> grid(np.eye(2), ["layer 1", "layer 2"], ["head 1", "head 2"], "score").show()
    """
    written = f"%{{z:{number_format}}}" if texts is None else "%{text}"
    gap = int(max(np.shape(values)) <= MOST_GAPS)
    heatmap = go.Heatmap(
        z=values,
        **_colours(values, limits),
        text=None
        if texts is None
        else [[short_label(text, LONGEST_TEXT) for text in line] for line in texts],
        texttemplate=written if np.size(values) <= MOST_TEXTS else None,
        xgap=gap,
        ygap=gap,
        colorbar=COLORBAR | {"tickformat": _tick_format(number_format)},
        hoverongaps=False,
        hovertemplate=f"%{{y}}, %{{x}}<br>{'' if texts is None else '%{text} '}"
        f"{escape(value, quote=False)} %{{z:{number_format}}}<extra></extra>",
    )
    layout = go.Layout(
        height=110 + ROW_HEIGHT * min(max(len(rows), 2), 20),
        margin={"t": 40},
        xaxis=named_axis(columns, LONGEST_TEXT, MOST_TICKS) | {"side": "top", "title": titles[1]},
        yaxis=named_axis(rows, LONGEST_TEXT, MOST_TICKS)
        | {"autorange": "reversed", "title": titles[0]},
    )
    return themed(heatmap, layout)


def signed_bars(names: Sequence[str], values: Sequence[float], value: str) -> go.Figure:
    """A bar for each number, upwards or downwards.

    Args:
        names: N names; equal ones stand where they are.
        values: N numbers.
        value: What the numbers are.

    Example:
        >>> signed_bars(["1", "2"], [0.4, -0.2], "product").show()
    """
    values = np.asarray(values)
    bars = go.Bar(
        x=list(range(len(values))),
        y=values,
        customdata=[short_label(name, LONGEST_TEXT) for name in names],
        marker={"opacity": np.where(values < 0, 0.45, 1.0)},
        hovertemplate="%{customdata}: %{y:.3f}<extra></extra>",
    )
    layout = go.Layout(
        height=260,
        xaxis=named_axis(names, LONGEST_TEXT, MOST_TICKS),
        yaxis={"title": value},
        bargap=0.15,
        showlegend=False,
    )
    return themed(bars, layout)


def _colours(values: np.ndarray, limits: tuple[float, float] | None) -> dict[str, Any]:
    finite = np.asarray(values)[np.isfinite(values)]
    least, most = (finite.min(), finite.max()) if finite.size else (0, 1)
    if limits is None and least < 0:
        reach = max(-least, most)
        return {"zmin": -float(reach), "zmax": float(reach), "colorscale": SIGNED}
    low, high = limits or (0, most)
    return {"zmin": float(low), "zmax": float(high)}


def _tick_format(number_format: str) -> str | None:
    return ".0%" if number_format.endswith("%") else None
