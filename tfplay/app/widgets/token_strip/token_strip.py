"""Tokens in reading order to look at and to choose from, with the mouse or the keyboard."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.widgets.component import load_shared_component, run_again

MOST_TOKENS = 1500


def token_strip(
    tokens: Sequence[str],
    key: str,
    shades: Sequence[float] | None = None,
    notes: Sequence[str] | None = None,
    ids: Sequence[int] | None = None,
    groups: Sequence[tuple[str, int]] | None = None,
    selected: int | None = None,
    label: str = "Tokens",
    is_change: bool = False,
) -> int | None:
    """Shows tokens as buttons and lets the visitor choose one.

    Args:
        tokens: As people read them. The first 1,500 are shown.
        key: Tells several strips apart; other tokens under the same key begin unchosen.
        shades: From 0 to 1, how strongly each is coloured; `None` tells neighbours apart by colour.
        notes: Told of the token that is hovered, focused or chosen, in a line below.
        ids: Shown below each.
        groups: Names and how many tokens each has; a group stands on lines of its own.
        selected: Chosen as long as the visitor has chosen none.
        label: What the strip is, for those who cannot see it.
        is_change: Whether the shades are from -1 to 1 and coloured by their sign.

    Returns:
        The index of the token that is chosen, if one is.
    """
    chosen = chosen_token(tokens, key, selected)
    tokens = list(tokens[:MOST_TOKENS])
    load_shared_component("token_strip")(
        key=key,
        data={
            "tokens": tokens,
            "shades": None if shades is None else [round(float(shade), 3) for shade in shades],
            "notes": None if notes is None else list(notes),
            "ids": None if ids is None else list(map(int, ids)),
            "groups": [(None, len(tokens))] if groups is None else list(groups),
            "selected": chosen,
            "label": label,
            "isChange": is_change,
        },
        on_selected_change=run_again,
    )
    if len(tokens) == MOST_TOKENS:
        st.caption(f"The first {MOST_TOKENS:,} tokens.")
    return chosen


def chosen_token(tokens: Sequence[str], key: str, selected: int | None = None) -> int | None:
    """What `token_strip` will return, for shades that depend on it."""
    tokens = list(tokens[:MOST_TOKENS])
    known = st.session_state.setdefault("strips", {})
    if known.setdefault(key, tokens) != tokens:
        known[key] = tokens
        st.session_state.pop(key, None)
    clicked = st.session_state.get(key, {}).get("selected")
    return clicked if clicked in range(len(tokens)) else selected
