"""A page's address says all that decides its picture: choices are read from it and written to it.

A choice that is as usual is left out. When an address is opened, whether typed, followed or gone
back to, the page's choices are what it says and nothing else. The menu's addresses say nothing:
then every choice is as it was left.
"""

import time
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tfplay.app.frame.plain import plain
from tfplay.app.frame.snapshot import note_choice
from tfplay.cutting import cut_text
from tfplay.lessons.links import LESSON, LESSON_STEP

LATE_SECONDS = 1.0
"""A browser may send an address that this session has just changed, if a click was quicker."""
CARRIED = {"text": "text", "second": "text", "step": "run"}
"""What follows a visitor to all pages, each with the name that an address must have to change it.

So a link that only names a view leaves the sentence as it is.
"""
OF_A_LESSON = (LESSON, LESSON_STEP)
"""What an address says that is no choice of the page."""
LONGEST_TOLD = 40
"""Characters of a value that is not here."""

Choice = TypeVar("Choice")


@dataclass
class _Address:
    """What a session knows of the address of the page that is shown.

    Attributes:
        page: Its title.
        shown: Names and values, as this session has read or written them last.
        changed: When it wrote them, in seconds.
        count: How many addresses were opened after the first.
        opened: What an address said that was opened, as long as no choice has asked for it.
        missing: What it said and is not here.
        place: Where the page tells of that.
        kept: Every choice of the session that is not as usual, by its key.
        usual: What is usual for every choice that is as usual, by its key.
        keys: Which keys the choices of a page have, by its title.
    """

    page: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    changed: float = 0.0
    count: int = -1
    opened: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    place: DeltaGenerator | None = None
    kept: dict[str, Any] = field(default_factory=dict)
    usual: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, dict[str, str]] = field(default_factory=dict)


def _address() -> _Address:
    return st.session_state.setdefault("address", _Address())


def open_address(page: str) -> None:
    """Takes note of the address; every page calls it first.

    Args:
        page: Its title.
    """
    address, query = _address(), _choices()
    address.place, address.missing = st.empty(), []
    is_late = page == address.page and time.monotonic() - address.changed < LATE_SECONDS
    if query and query != address.shown and not is_late:
        address.opened = dict(query)
        address.count += 1
        for shown_on, keys in address.keys.items():
            for key, name in keys.items():
                is_left_out = shown_on == page and name not in CARRIED
                if is_left_out or CARRIED.get(name, name) in query:
                    forget_choice(key)
    elif page != address.page:
        address.opened = {}
    address.page, address.shown = page, query


def begin_linked(
    name: str,
    key: str,
    usual: Choice,
    read: Callable[[str], Choice],
    options: Container[Any] | None = None,
) -> str:
    """The key of a widget that is about to be shown, with what the address says if it is new.

    Args:
        name: The address has the choice as `?name=`.
        key: The widget's, or that of any other value. From here on `st.session_state[key]` can be
            read.
        usual: What it is if neither the visitor nor the address says otherwise.
        read: The choice that a text means; a `ValueError` if it means none.
        options: What it may be; any other choice, left from another model or another text, is
            forgotten. `None` is anything.

    Example:
        >>> st.slider("Shuffle", 1, 20, key=begin_linked("shuffle", "order seed", 1, int))
    """
    address = _address()
    address.keys.setdefault(address.page, {})[key] = name
    if key not in st.session_state and key not in address.kept:
        st.session_state[key] = _opened(name, usual, read)
    chosen = st.session_state.get(key, address.kept.get(key))
    was_usual = key in address.usual and chosen == address.usual[key]
    if was_usual or (options is not None and chosen not in options):
        chosen = usual
    st.session_state[key] = chosen
    return key


def keep_linked(name: str, key: str, usual: Any, write: Callable[[Any], str | None] = str) -> Any:
    """Keeps what stands under the key for other visits, and in the address unless it is usual.

    Args:
        name: The address has the choice as `?name=`.
        key: As `begin_linked` took it.
        usual: The choice that an address leaves out.
        write: What an address says for any choice but `None`; `None` for what none can say.

    Returns:
        The choice.
    """
    address, chosen = _address(), st.session_state[key]
    said = None if chosen is None else write(chosen)
    if (noted := chosen if isinstance(chosen, str) else said) is not None:
        note_choice(name, noted)  # a snapshot also has what is usual, and long texts
    if chosen == usual:
        address.kept.pop(key, None)
        address.usual[key] = usual
        write_address(name, None)
    else:
        address.kept[key] = chosen
        address.usual.pop(key, None)
        write_address(name, said)
    return chosen


def forget_choice(key: str) -> None:
    """What stands under the key begins anew."""
    address = _address()
    address.kept.pop(key, None)
    address.usual.pop(key, None)
    st.session_state.pop(key, None)


def write_address(name: str, value: str | None) -> None:
    """Has the address say this; `None` leaves the name out."""
    before = st.query_params.get(name)
    if value is not None:
        st.query_params[name] = value
    elif before is not None:
        del st.query_params[name]
    if before != value:
        address = _address()
        address.shown, address.changed = _choices(), time.monotonic()


def expect_address() -> None:
    """Has the next address be opened, however soon: the session itself goes there."""
    _address().changed = 0.0


def component_key(key: str) -> str:
    """The key of a component that keeps its own state: another one after another address.

    A browser sends that state with every run, so what an address is to forget would come back.
    """
    count = _address().count
    return f"{key} of address {count}" if count > 0 else key


def forget_with_address(name: str, key: str) -> None:
    """Has another address forget what stands under the key; for what reads the address itself."""
    address = _address()
    address.keys.setdefault(address.page, {})[key] = name


def tell_missing(name: str, value: str) -> None:
    """Says on the page that the address asks for something that is not here."""
    address = _address()
    address.missing.append(f"{name.replace('_', ' ')} “{cut_text(value, LONGEST_TOLD)}”")
    if address.place:
        address.place.info(
            f"This link asks for what is not here: {plain(', '.join(address.missing))}. Shown is "
            "what comes nearest.",
            icon=":material/link_off:",
        )


def _choices() -> dict[str, str]:
    """What the address says of the page's choices."""
    said = st.query_params.to_dict()
    return {name: value for name, value in said.items() if name not in OF_A_LESSON}


def _opened(name: str, usual: Choice, read: Callable[[str], Choice]) -> Choice:
    """What the address says that was opened; the first choice of this name takes it."""
    text = _address().opened.pop(name, None)
    if text is None:
        return usual
    try:
        return read(text)
    except ValueError:
        tell_missing(name, text)
        return usual
