"""Every concept with a door to the place where it can be tried."""

import streamlit as st

from tfplay.app.concepts import CONCEPTS, NOTES, Concept
from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import choose_one

COLUMNS = 2


def concepts_view() -> None:
    """All concepts, or those of one of the notes."""
    note = choose_one(
        *("Notes", list(NOTES), None, "notes", st.selectbox, "notes"),
        index=None,
        format_func=NOTES.get,
        placeholder="All of them",
    )
    shown = [concept for concept in CONCEPTS if note is None or note in concept.notes]
    for start in range(0, len(shown), COLUMNS):
        row = shown[start : start + COLUMNS]
        for column, concept in zip(st.columns(COLUMNS), row, strict=False):
            with column:
                _card(concept)


def _card(concept: Concept) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.page_link(concept.page, label=f"**{plain(concept.name)}**", query_params=concept.query)
        st.markdown(plain(concept.what[0].upper() + concept.what[1:]) + ".")
        st.caption(f"Look for: {plain(concept.view or concept.switch)}")
