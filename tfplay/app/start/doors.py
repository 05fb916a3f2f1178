"""What the start page is made of: doors to the other pages."""

import streamlit as st


def door(title: str, text: str, page: str, action: str, run_id: str | None = None) -> None:
    """A card that says what can be done on a page, and leads there.

    Args:
        title: Plain words.
        text: Markdown.
        page: A constant of `tfplay.app.frame.navigation`.
        action: What the link says.
        run_id: A run to see there.
    """
    query = {"run": run_id} if run_id else None
    with st.container(border=True, height="stretch"):
        st.markdown(f"#### {title}")
        st.markdown(text)
        label = f"**{action}**"
        st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=query)
