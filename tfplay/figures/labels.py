"""What stands at axes and points."""

from html import escape


def short_label(text: str, longest: int) -> str:
    """The text as a figure shows it letter by letter, cut with an ellipsis if it is long.

    Args:
        text: Of a visitor or a model; it never becomes markup.
        longest: The most characters.

    Example:
        >>> short_label("unbelievable", 8)
        'unbelie…'
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return escape(cut, quote=False)
