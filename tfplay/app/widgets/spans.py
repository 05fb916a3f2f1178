"""Marked parts of a text, as HTML; the text within is escaped."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

NUM_COLORS = 8
"""As many as style.css has for `.span`."""


class MarkedSpan(NamedTuple):
    """A part of a text to be marked."""

    start: int
    """First character."""
    end: int
    """One past the last character."""
    label: str = ""
    """Written small behind it."""
    color: int = 0
    """Which of the colours, from 0."""


def spans_html(text: str, spans: Sequence[MarkedSpan]) -> str:
    """The text with coloured spans in it.

    Args:
        text: The text.
        spans: In order, without overlap.

    Example:
        >>> spans_html("Ada lives.", [MarkedSpan(0, 3, "PER")])
        '<p class="spans" dir="auto"><mark class="span color-0">Ada<small>PER</small></mark>...'
    """
    parts, place = [], 0
    for span in spans:
        parts.append(escape(text[place : span.start]))
        parts.append(_mark(escape(text[span.start : span.end]), span.label, span.color))
        place = span.end
    return f'<p class="spans" dir="auto">{"".join(parts)}{escape(text[place:])}</p>'


def legend_html(labels: Sequence[str]) -> str:
    """Each label in its colour."""
    return f'<p class="legend">{" ".join(map(_legend_entry, range(len(labels)), labels))}</p>'


def _legend_entry(color: int, label: str) -> str:
    return _mark(escape(label), "", color)


def _mark(inner: str, label: str, color: int) -> str:
    small = f"<small>{escape(label)}</small>" if label else ""
    return f'<mark class="span color-{color % NUM_COLORS}">{inner}{small}</mark>'
