"""Labels of axes and points."""

from collections.abc import Sequence
from html import escape
from typing import Any

from tfplay.cutting import cut_text


def short_label(text: str, longest: int) -> str:
    """The text as a figure shows it letter by letter, cut with an ellipsis if it is long.

    Args:
        text: A visitor's or a model's text; it never becomes markup.
        longest: The most characters.

    Example:
        >>> short_label("unbelievable", 8)
        'unbelie…'
    """
    return escape(cut_text(text, longest), quote=False)


def named_axis(names: Sequence[str], longest: int, most: int | None = None) -> dict[str, Any]:
    """An axis with a name at each position; a plain axis of names would merge equal ones.

    Args:
        names: The first stands at 0.
        longest: The most characters of a name that are shown.
        most: About so many names are shown at most; `None` is all.
    """
    stride = -(-len(names) // most) if most and names else 1
    positions = range(0, len(names), stride)
    return {
        "tickmode": "array",
        "tickvals": list(positions),
        "ticktext": [short_label(names[position], longest) for position in positions],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
