"""Widgets that come back as they were left."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

Setting = TypeVar("Setting", int, float, str)


def begin_with(key: str, value: Any) -> str:
    """The key of a widget that is about to be shown, and has this value if it is new.

    Streamlit forgets a widget that a run of the page does not show: after a visit to another page
    it is new, and begins with what its page has kept. The value is set in every run: a browser
    that missed the first, because a click cut it short, would show the widget's own default.
    """
    st.session_state[key] = st.session_state.get(key, value)
    return key


def choose_one(label: str, options: Sequence[Any], default: Any, key: str) -> Any:
    """Buttons side by side, one of which is always chosen; a choice that is gone is forgotten."""
    if st.session_state.get(key, default) not in options:
        del st.session_state[key]
    return st.segmented_control(label, options, required=True, key=begin_with(key, default))


def kept_setting(
    name: str,
    usual: Setting,
    is_possible: Callable[[Setting], bool],
    draw: Callable[[str], Setting],
    of: str,
) -> Setting:
    """A widget whose value is kept for other visits, and in the address unless it is the usual one.

    Args:
        name: What is set: the address has it as `?name=value`.
        usual: Stands there at first; also if the address has no value that is possible.
        is_possible: Whether the visitor could choose a value.
        draw: Draws the widget of this key and returns its value.
        of: Whose setting it is; that of another is kept apart.

    Example:
        >>> kept_setting("beams", 4, range(2, 13).__contains__, draw_slider, of="translation")
    """
    kept = st.session_state.setdefault("kept settings", {})
    key = f"{name} for {of}"
    begin_with(key, kept.get(key, _linked(name, usual, is_possible)))
    chosen = kept[key] = draw(key)
    if chosen == usual:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = f"{chosen:g}" if isinstance(chosen, float) else str(chosen)
    return chosen


def kept_number(
    label: str,
    *,
    low: Setting,
    high: Setting,
    usual: Setting,
    step: Setting,
    name: str,
    of: str,
    draw: Callable[..., Setting] = st.slider,
    **options: Any,
) -> Setting:
    """A slider, or another widget for numbers, as a `kept_setting`."""
    return kept_setting(
        name,
        usual,
        lambda value: low <= value <= high,
        lambda key: draw(label, low, high, step=step, key=key, **options),
        of,
    )


def _linked(name: str, usual: Setting, is_possible: Callable[[Setting], bool]) -> Setting:
    """What the address says, if that can be."""
    try:
        value = type(usual)(st.query_params[name])
    except (KeyError, ValueError):
        return usual
    return value if is_possible(value) else usual
