"""Widgets that come back as they were left."""

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any, TypeVar

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked

MOST_DIGITS = 18
_ON = ("on", "off")

Setting = TypeVar("Setting", int, float, str)


def begin_with(key: str, value: Any, options: Container[Any] | None = None) -> str:
    """The key of a widget that is about to be shown, and has this value if it is new.

    Streamlit forgets a widget that a run of the page does not show: after a visit to another page
    it is new, and begins with what its page has kept. The value is set in every run: a browser
    that missed the first, because a click cut it short, would show the widget's own default.

    Args:
        key: The widget's. From here on `st.session_state[key]` can be read.
        value: What it begins with.
        options: What it may be; any other value, left from another model or another text, is
            forgotten. `None` is anything.
    """
    kept = st.session_state.get(key, value)
    st.session_state[key] = kept if options is None or kept in options else value
    return key


def choose_one(
    label: str,
    options: Sequence[Any],
    default: Any,
    key: str,
    draw: Callable[..., Any] = st.segmented_control,
    link: str = "",
    **looks: Any,
) -> Any:
    """Lets the visitor choose; something always is, and comes back as it was left.

    Args:
        label: What is chosen.
        options: At least one. If they have changed and what was chosen is not among them, the
            default is.
        default: One of them.
        key: Tells several choices apart; the choice is kept under it through the session.
        draw: Buttons side by side, `st.segmented_control` or `st.pills`, or `st.selectbox`.
        link: The address has a choice other than the default as `?link=`; empty for a choice that
            decides no picture.
        **looks: What else the widget takes.

    Example:
        >>> choose_one("Layer", range(1, 5), 4, "layer")
    """
    if draw in (st.segmented_control, st.pills):  # in the others something always is chosen
        looks["required"] = True
    if link:
        begin_linked(link, key, default, one_of(options), options)
    else:
        begin_with(key, default, options)
    chosen = draw(label, list(options), key=key, persist_state="session", **looks)
    return keep_linked(link, key, default) if link else chosen


def one_of(options: Iterable[Any]) -> Callable[[str], Any]:
    """Reads one of these, as an address has it; a `ValueError` if it is none of them."""
    by_text = {str(option): option for option in options}

    def read(text: str) -> Any:
        if text not in by_text:
            raise ValueError(text)
        return by_text[text]

    return read


def kept_setting(
    name: str,
    usual: Setting,
    is_possible: Callable[[Setting], bool],
    draw: Callable[[str], Setting],
    key: str,
) -> Setting:
    """A widget whose value is kept for other visits, and in the address unless it is the usual one.

    Args:
        name: What is set: the address has it as `?name=value`.
        usual: Stands there at first; also if the address has no value that is possible.
        is_possible: Whether the visitor could choose a value.
        draw: Draws the widget of this key and returns its value.
        key: Tells the settings of several models or tasks apart.

    Example:
        >>> kept_setting(
        ...     "beams", 4, range(2, 13).__contains__, draw_slider, "beams for translation"
        ... )
    """

    def read(text: str) -> Setting:
        value = type(usual)(text)
        if not is_possible(value):
            raise ValueError(text)
        return value

    draw(begin_linked(name, key, usual, read))
    return keep_linked(name, key, usual, setting_text)


def setting_text(value: Setting) -> str:
    """A setting as an address has it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def kept_number(
    label: str,
    *,
    low: Setting,
    high: Setting,
    usual: Setting,
    step: Setting,
    name: str,
    key: str,
    draw: Callable[..., Setting] = st.slider,
    **options: Any,
) -> Setting:
    """A slider, or another widget for numbers, as a `kept_setting`."""
    return kept_setting(
        name,
        usual,
        lambda value: low <= value <= high,
        lambda key: draw(label, low, high, step=step, key=key, **options),
        key,
    )


def kept_toggle(label: str, usual: bool, name: str, key: str) -> bool:
    """A switch that is kept for other visits, and in the address unless it is as usual.

    Args:
        label: What is switched on.
        usual: How it stands at first.
        name: The address has it as `?name=on` or `?name=off`.
        key: The widget's.
    """
    st.toggle(label, key=begin_linked(name, key, usual, lambda text: one_of(_ON)(text) == "on"))
    return keep_linked(name, key, usual, lambda is_on: "on" if is_on else "off")


def whole_number(text: str) -> int:
    """The number that a link says, from 0; a `ValueError` if it is none, or beyond all use."""
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise ValueError(text)
    return int(text)
