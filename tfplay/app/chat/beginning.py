"""What stands before a conversation: the system message, and what one might say first."""

import streamlit as st

from tfplay.app.chat.requests import ask
from tfplay.app.frame.layout import plain
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.visible import visible
from tfplay.app.model.examples import examples_of
from tfplay.store import Model
from tfplay.store.conversations import Conversation

SYSTEM_MESSAGES = (
    "You are a math teacher.",
    "You are a pirate.",
    "Answer in one word.",
    "Answer in capital letters.",
)
"""What the shipped chat model has learned to obey; others are free to try."""

_KEY = "system message"


def choose_system_message(model: Model, conversation: Conversation) -> None:
    """Lets the visitor choose the conversation's system message or write one; empty is none."""
    st.session_state[_KEY] = conversation.system or None
    known = SYSTEM_MESSAGES if model.task == "chat" else ()
    st.selectbox(
        "System message",
        list(dict.fromkeys(filter(None, (*known, conversation.system)))),
        index=None,
        placeholder="None",
        format_func=visible,
        accept_new_options=True,
        key=_KEY,
        disabled=opened_snapshot() is not None,
        on_change=lambda: ask("instruct", text=st.session_state[_KEY] or ""),
        help="Tells the model who it is or how to answer; it stands before this conversation. "
        "Choose one or write your own.",
    )


def suggestions(model: Model) -> None:
    """Buttons with what one might say first."""
    texts = [text for text in examples_of(model) if isinstance(text, str)]
    if texts:
        st.caption("You might begin with:")
    with st.container(horizontal=True, gap="small"):
        for number, text in enumerate(texts):
            st.button(
                plain(text),
                key=f"suggestion {number} of {model.id}",
                on_click=ask,
                args=("say",),
                kwargs={"text": text},
            )
