"""Plotly figures on a page, in the page's colours; what is drawn can be noted, to be given away."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

_DRAWN = "drawn on this page"


def show_chart(figure: go.Figure, key: str, alt: str | None = None) -> None:
    """Shows a figure; its colours follow the theme of the page, light or dark.

    Args:
        figure: Any of `tfplay.figures`.
        key: Tells several charts of a page apart.
        alt: What it shows, for those who cannot see it.

    Example:
        >>> show_chart(figures.curves(lines, "steps", "loss"), "losses", "Loss over the steps")
    """
    # Streamlit replaces the colours of its own template only.
    in_page = go.Figure(figure).update_layout(template="streamlit")
    st.plotly_chart(in_page, key=key, alt=alt)
    _note(key, (alt or key, figure))


def show_words(words: str, key: str, draw: Callable[[str], object] = st.markdown) -> None:
    """Shows what measurements say, in Markdown, so that it is noted as charts are.

    Args:
        words: The sentences.
        key: Tells several of them on a page apart.
        draw: `st.markdown` or `st.caption`.
    """
    draw(words)
    _note(key, words)


def note_drawn() -> None:
    """From here on, what this page draws is noted: its charts and the words about them."""
    st.session_state[_DRAWN] = {}


def drawn() -> dict[str, str | tuple[str, go.Figure]]:
    """What was noted on this page, in order: words, and figures with what they show."""
    return st.session_state.get(_DRAWN, {})


def forget_drawn() -> None:
    """Another page is begun, and nothing is noted unless it asks for it."""
    st.session_state.pop(_DRAWN, None)


def _note(key: str, what: str | tuple[str, go.Figure]) -> None:
    if _DRAWN in st.session_state:
        st.session_state[_DRAWN][key] = what
