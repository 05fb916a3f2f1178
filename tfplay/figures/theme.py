"""What all figures have: colours, light and dark, as the pages have them; margins and legend."""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

CATEGORICAL = {
    "light": (
        *("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9"),
        *("#d55e00", "#f0e442", "#999999", "#7f5539", "#1c2b2a"),
    ),
    "dark": (
        *("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442"),
        *("#d55e00", "#0072b2", "#999999", "#c9a27e", "#e4eceb"),
    ),
}
"""Okabe and Ito's colours (2008), which colour-blind readers can tell apart, and two more."""

SEQUENTIAL = {
    "light": (
        *("#ffffff", "#e3f3f1", "#c3e6e1", "#9dd5cf", "#72c1b9"),
        *("#48a9a1", "#268f88", "#0f766e", "#0b5c56", "#07423e"),
    ),
    "dark": (
        *("#101716", "#12302d", "#124541", "#125b55", "#14736b"),
        *("#1c8c83", "#38a59b", "#62beb5", "#96d7d0", "#cff1ec"),
    ),
}
"""Colours from the background up, so that an attention of zero looks like nothing."""

TEXT = {"light": "#1c2b2a", "dark": "#e4eceb"}
BACKGROUND = {"light": "#ffffff", "dark": "#101716"}
LINES = {"light": "#d5dfdd", "dark": "#31403e"}

COLORBAR = {"thickness": 10, "outlinewidth": 0}

_USUAL: dict[str, dict[str, Any]] = {
    "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
    "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    "xaxis": {"automargin": True},
    "yaxis": {"automargin": True},
}
"""The layout of every figure, where it does not say otherwise. It is no template: Streamlit
replaces that on a page."""


def themed(
    traces: Any = None, layout: go.Layout | None = None, frames: Iterable[go.Frame] | None = None
) -> go.Figure:
    """A figure that has its colours in itself, whatever Plotly's default is when it is made.

    Its margins are narrow, long labels widen them, and the legend stands above.

    Streamlit makes placeholders the default, which its front end replaces on a page; in a file
    nothing would replace them.

    Args:
        traces: What is drawn.
        layout: What else is its own, such as its height and the titles of its axes.
        frames: What is played.

    Example:
        >>> themed(go.Heatmap(z=[[0, 1]]), go.Layout(height=200)).to_html()
    """
    own = {} if layout is None else layout.to_plotly_json()
    usual = {part: settings | own.get(part, {}) for part, settings in _USUAL.items()}
    return go.Figure(traces, own | usual | {"template": _LIGHT}, frames)


def in_theme(figure: go.Figure, theme: str) -> go.Figure:
    """Gives a figure the colours of a theme, and returns it.

    Args:
        figure: Any figure.
        theme: "light" or "dark".
    """
    return figure.update_layout(template=_TEMPLATES[theme])


def _template(theme: str) -> go.layout.Template:
    colours = SEQUENTIAL[theme]
    scale = [[place / (len(colours) - 1), colour] for place, colour in enumerate(colours)]
    axis = {"gridcolor": LINES[theme], "linecolor": LINES[theme], "zerolinecolor": LINES[theme]}
    layout = go.Layout(
        colorway=CATEGORICAL[theme],
        colorscale={"sequential": scale, "sequentialminus": scale},
        font={"color": TEXT[theme], "family": "sans-serif"},
        paper_bgcolor=BACKGROUND[theme],
        plot_bgcolor=BACKGROUND[theme],
        hoverlabel={"bgcolor": BACKGROUND[theme], "bordercolor": LINES[theme]},
        xaxis=axis,
        yaxis=axis,
        scene=dict.fromkeys(("xaxis", "yaxis", "zaxis"), axis),
    )
    return go.layout.Template(data={"heatmap": [go.Heatmap(colorscale=scale)]}, layout=layout)


_TEMPLATES = {theme: _template(theme) for theme in ("light", "dark")}
_LIGHT = _TEMPLATES["light"].to_plotly_json()  # a dictionary is taken over in half the time
