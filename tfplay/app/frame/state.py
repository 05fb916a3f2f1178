"""Widgets that come back as they were left."""

from collections.abc import Callable, Container, Sequence
from typing import Any, TypeVar

import streamlit as st

from tfplay.app.frame.snapshot import note_choice

MOST_DIGITS = 18

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
        link: The address has a choice other than the default as `?link=`; empty for none.
        **looks: What else the widget takes.

    Example:
        >>> choose_one("Layer", range(1, 5), 4, "layer")
    """
    if draw is not st.selectbox:  # in which something always is chosen
        looks["required"] = True
    begin_with(key, default, options)
    if link:
        _take_over_linked(link, key, options)
    chosen = draw(label, list(options), key=key, persist_state="session", **looks)
    if link:
        _keep_in_address(link, key, chosen, default)
    return chosen


def _take_over_linked(link: str, key: str, options: Sequence[Any]) -> None:
    """Chooses what an address says that was opened just now, rather than written by this widget."""
    linked = st.query_params.get(link)
    if linked is not None and linked != st.session_state.get(f"{key} in the address"):
        found = [option for option in options if str(option) == linked]
        st.session_state[key] = found[0] if found else st.session_state[key]


def _keep_in_address(link: str, key: str, chosen: Any, default: Any) -> None:
    note_choice(link, str(chosen))
    if chosen == default:
        st.query_params.pop(link, None)
    else:
        st.query_params[link] = str(chosen)
    st.session_state[f"{key} in the address"] = st.query_params.get(link)


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
    said = f"{chosen:g}" if isinstance(chosen, float) else str(chosen)
    note_choice(name, said)
    if chosen == usual:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = said
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


def whole_number(text: str) -> int | None:
    """The number that a link says, from 0; `None` if it says none, or one beyond all use."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def _linked(name: str, usual: Setting, is_possible: Callable[[Setting], bool]) -> Setting:
    """What the address says, if that can be."""
    try:
        value = type(usual)(st.query_params[name])
    except (KeyError, ValueError):
        return usual
    return value if is_possible(value) else usual
