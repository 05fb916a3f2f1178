"""Drawings made of boxes, lines and words, in the colours of the page."""

from typing import Any

import numpy as np

from tfplay.app.widgets.component import load_component

Shape = dict[str, Any]


def box(x: float, y: float, width: float, height: float, kind: str = "") -> Shape:
    """A rectangle; its kind says what it looks like, as in the component's style."""
    size = {"width": width, "height": height}
    return {"tag": "rect", "x": x, "y": y, **size, "rx": 4, "class": kind}


def words(x: float, y: float, text: str, kind: str = "") -> Shape:
    """Text around a point; of kind "start" it begins there."""
    return {"tag": "text", "x": x, "y": y, "text": text, "class": kind}


def line(path: str, kind: str = "") -> Shape:
    """An SVG path such as "M 0 0 L 10 10"."""
    return {"tag": "path", "d": path, "class": kind}


def cells(values: np.ndarray, x: float, y: float, width: float, height: float) -> list[Shape]:
    """A matrix as colours: one sign green, the other red, the stronger the larger."""
    rows, columns = values.shape
    cell_width, cell_height = width / columns, height / rows
    limit = float(np.quantile(np.abs(values), 0.98)) or 1.0
    return [
        box(x + column * cell_width, y + row * cell_height, cell_width, cell_height)
        | {
            "class": "cell negative" if value < 0 else "cell positive",
            "rx": 0,
            "fill-opacity": round(min(1.0, abs(float(value)) / limit), 3),
        }
        for (row, column), value in np.ndenumerate(values)
    ]


def diagram(shapes: list[Shape], width: float, height: float, label: str, key: str) -> None:
    """Draws shapes.

    Args:
        shapes: As the functions above make them.
        width: Of the drawing, in its own units; about pixels.
        height: The same.
        label: What it shows, for those who do not see it.
        key: Tells several drawings apart.
    """
    data = {"shapes": shapes, "width": width, "height": height, "label": label}
    load_component(__file__)(key=key, data=data)
