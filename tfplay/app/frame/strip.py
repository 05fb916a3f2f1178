"""Tokens of which one is chosen, which stands in the address."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st

from tfplay.app.frame.address import begin_linked, component_key, keep_linked
from tfplay.app.frame.state import one_of
from tfplay.app.widgets.token_lines import token_lines
from tfplay.app.widgets.token_strip import chosen_token, token_strip


def choose_token(
    tokens: Sequence[str], key: str, link: str, usual: int | None = None, **looks: Any
) -> int | None:
    """Lets the visitor choose a token.

    Args:
        tokens: As people read them.
        key: Tells several strips apart.
        link: The address has the place of another than the usual one as `?link=`, from 0.
        usual: Chosen as long as the visitor has chosen none.
        **looks: As `token_strip` takes them.

    Returns:
        The token's place, if one is chosen.
    """
    place = linked_token(tokens, key, link, usual)
    return token_strip(tokens, component_key(key), selected=place, **looks)


def linked_token(
    tokens: Sequence[str], key: str, link: str, usual: int | None = None
) -> int | None:
    """What `choose_token` will return, for shades that depend on it."""
    clicked = chosen_token(tokens, component_key(key))
    return _linked_place(tokens, key, link, usual, {} if clicked is None else {"place": clicked})


def choose_line(
    left: Sequence[str],
    right: Sequence[str],
    scores: np.ndarray,
    key: str,
    link: str,
    usual: int | None = None,
    **looks: Any,
) -> int | None:
    """Draws lines from tokens to those they look at; those of one on the right can be locked.

    Args:
        left: The S tokens that are looked at.
        right: The T tokens that attend.
        scores: (T, S), from 0 to 1.
        key: Tells several of them apart.
        link: The address has the place of another than the usual token as `?link=`, from 0.
        usual: Locked as long as the visitor has locked none.
        **looks: As `token_lines` takes them.

    Returns:
        The place on the right that is locked; `None` if none is.
    """
    lines = component_key(key)
    clicked = st.session_state.get(lines, {})
    known = {"place": clicked["locked"]} if "locked" in clicked else {}
    locked = _linked_place(right, key, link, usual, known)
    return token_lines(left, right, scores, lines, locked=locked, **looks)


def _linked_place(
    tokens: Sequence[str], key: str, link: str, usual: int | None, clicked: dict[str, int | None]
) -> int | None:
    """The place that was clicked, or that the address says, or the usual one."""
    chosen, places = f"{key} among {crc32(' '.join(tokens).encode())}", range(len(tokens))
    begin_linked(link, chosen, usual, one_of([*places, None]), [*places, None])
    st.session_state[chosen] = clicked.get("place", st.session_state[chosen])
    return keep_linked(link, chosen, usual)
