"""A page that has several views, one of which is shown."""

from collections.abc import Mapping

import streamlit as st


def choose_view(titles: Mapping[str, str]) -> str:
    """Lets the visitor choose what to look at; the choice is in the address, `?view=...`.

    Args:
        titles: By the views' names in the address; the first is shown at first.
    """
    linked = st.query_params.get("view")
    chosen = st.segmented_control(
        "What to look at",
        list(titles),
        default=linked if linked in titles else next(iter(titles)),
        required=True,
        format_func=titles.get,
        key=f"view of {next(iter(titles))}",
        label_visibility="collapsed",
    )
    st.query_params["view"] = chosen
    return chosen
