"""The conversation as the model read it, and what had no room any more."""

import streamlit as st

from tfplay.app.chat.xray.subject import XraySubject, groups
from tfplay.app.model.loading import load_trained
from tfplay.app.widgets.token_strip import token_strip
from tfplay.chat.xray import ReplyXray


def show_context(subject: XraySubject, xray: ReplyXray) -> None:
    """How much of the context is used, by which messages, token by token."""
    used, context = len(xray.token_ids), load_trained(subject.model).context
    st.markdown(
        "To the model a conversation is one row of numbers: a token for who speaks, the tokens of "
        "the text, a token for its end. It sees nothing of what no longer fits its context."
    )
    free = f"{context - used:,} are free" if used < context else "it is full"
    st.progress(used / context, f"**{used:,}** of the context's **{context:,}** tokens; {free}")
    for index in xray.forgotten:
        with st.container(horizontal=True, gap="small"):
            st.badge("fallen out", icon=":material/history_toggle_off:", color="gray")
            st.text(f"{subject.name(index)}: {subject.messages[index]['content']}")
    token_strip(
        xray.tokens,
        f"{subject.key} context tokens",
        ids=xray.token_ids.tolist(),
        groups=[(f"{name} · {count} tokens", count) for name, count in groups(subject, xray.spans)],
        label="The conversation as the model read it",
    )
