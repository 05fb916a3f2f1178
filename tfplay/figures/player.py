"""A slider over the frames of a figure, and a button that plays them."""

from collections.abc import Mapping
from typing import Any


def player(
    labels: Mapping[str, str],
    prefix: str,
    below: int,
    jump: dict[str, Any],
    play: dict[str, Any],
) -> dict[str, Any]:
    """The parts of a figure's layout that move it from frame to frame.

    Args:
        labels: What the slider says at each frame, by the frame's name; at first it is at the last.
        prefix: Stands before what it says.
        below: Distance to the figure, in pixels.
        jump: How Plotly moves to a frame that is chosen.
        play: How it moves on while it plays.
    """
    steps = [
        {"label": label, "method": "animate", "args": [[name], jump]}
        for name, label in labels.items()
    ]
    slider = {
        "active": len(steps) - 1,
        "currentvalue": {"prefix": prefix},
        "x": 0.12,
        "len": 0.88,
        "pad": {"t": below},
        "steps": steps,
    }
    button = {
        "type": "buttons",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": below + 10},
        "showactive": False,
        "buttons": [{"label": "▶", "method": "animate", "args": [None, play]}],
    }
    return {"sliders": [slider], "updatemenus": [button]}
