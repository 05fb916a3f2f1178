"""Boxes for text, none of which takes more than can be of use; the limits stand here."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.store import Model
from tfplay.text.limits import longest_text, require_length

# Characters.
LONGEST_LINE = 200
"""Of words to search for, and of a single word."""
LONGEST_TEXT = 20_000
"""Of a text to translate, which is cut into parts, and of one that no model reads."""
LONGEST_READ = 100_000
"""Of what a model reads, whatever its context."""
LONGEST_LINKED = 2000
"""Of a text in an address; some servers take no address of more than 8,000 bytes."""
LONGEST_PASTED = 5_000_000
"""Of data to train on; more is uploaded as a file."""


def text_box(
    label: str, key: str, longest: int, draw: Callable[..., str] = st.text_area, **looks: Any
) -> str:
    """Lets the visitor write; what they cannot have typed is refused before anything reads it.

    A browser keeps to the most characters, but a link or a forged message does not: a text that
    is too long is told in a sentence, and the rest of the page is left out. A snapshot's text is
    there to be read.

    Args:
        label: What is written.
        key: Of the widget.
        longest: The most characters.
        draw: `st.text_area` or `st.text_input`.
        **looks: What else the widget takes.

    Example:
        >>> text_box("Words", "new words", LONGEST_TEXT, st.text_input)
    """
    looks = {"disabled": opened_snapshot() is not None} | looks
    text = draw(label, key=key, max_chars=longest, **looks)
    with errors_shown():
        require_length(text, longest, f"“{label}”")
    return text


def linked_text_box(
    label: str,
    key: str,
    longest: int,
    usual: str,
    link: str,
    draw: Callable[..., str] = st.text_area,
    **looks: Any,
) -> str:
    """A `text_box` that is kept for other visits, and in the address unless it is as usual.

    Args:
        label: What is written.
        key: Of the widget.
        longest: The most characters.
        usual: What stands there at first.
        link: The address has another text as `?link=`.
        draw: `st.text_area` or `st.text_input`.
        **looks: What else the widget takes.
    """
    begin_linked(link, key, usual, str)
    text_box(label, key, longest, draw, **looks)
    return keep_linked(link, key, usual, linked_text)


def linked_text(text: str) -> str | None:
    """The text as an address has it; `None` for one that is too long for any."""
    return text if len(text) <= LONGEST_LINKED else None


def longest_read(model: Model) -> int:
    """The most characters of a text that the model can use."""
    if model.task == "translation":  # cuts a long text into parts
        return LONGEST_TEXT
    return min(longest_text(model.config.max_sequence_length), LONGEST_READ)
