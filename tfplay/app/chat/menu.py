"""What can be done with the open conversation as a whole: name, export, delete."""

import re
from functools import partial

import streamlit as st

from tfplay.app.chat.current import change_conversation, current_id, go_to, my_conversations
from tfplay.app.frame.layout import errors_shown
from tfplay.store.conversations import (
    Conversation,
    to_branches_json,
    to_markdown,
    to_messages_json,
)


def conversation_menu(conversation: Conversation) -> None:
    """A popover for the open conversation; nothing before it has a message."""
    if current_id() is None:
        return
    with st.popover("Conversation", icon=":material/more_horiz:"):
        _rename(conversation)
        _exports(conversation)
        if st.button("Delete for good", icon=":material/delete:", key="delete conversation"):
            my_conversations().delete(current_id())
            go_to(None)
            st.rerun()


def _rename(conversation: Conversation) -> None:
    with st.form(f"name of {current_id()}", border=False):
        name = st.text_input(
            "Name",
            conversation.name,
            max_chars=100,
            placeholder=conversation.title,
            help="Empty: the beginning of the first message.",
        )
        if st.form_submit_button("Rename", icon=":material/edit:"):
            with errors_shown():
                with change_conversation() as changed:
                    changed.name = name.strip()
                st.rerun()


def _exports(conversation: Conversation) -> None:
    """Downloads of the branch that is shown, and of all if there are others."""
    messages = conversation.messages(conversation.last)
    shown = "The messages that are shown, and the system's"
    files = [
        ("JSON", shown, ".json", partial(to_messages_json, messages)),
        ("Markdown", shown, ".md", partial(to_markdown, conversation.title, messages)),
    ]
    if len(conversation.turns) > len(conversation.branch(conversation.last)):
        every = "The messages that are shown, and every other branch: Import brings all back"
        branches = partial(to_branches_json, conversation)
        files.append(("JSON with all branches", every, "-branches.json", branches))
    stem = re.sub(r"\W+", "-", conversation.title).strip("-") or "conversation"
    with st.container(horizontal=True, gap="small"):
        for label, help, ending, make in files:
            st.download_button(
                label,
                make,
                f"{stem}{ending}",
                "text/markdown" if ending == ".md" else "application/json",
                icon=":material/download:",
                on_click="ignore",
                help=help,
            )
