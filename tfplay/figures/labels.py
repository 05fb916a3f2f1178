"""Labels of axes and points."""

from html import escape

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
