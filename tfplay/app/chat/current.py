"""Which of the visitor's conversations is open: the one in the address, `?conversation=...`."""

from contextlib import AbstractContextManager

import streamlit as st

from tfplay.app.frame.address import forget_with_address, write_address
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.visitor import visitor
from tfplay.app.sharing.said import said_in
from tfplay.store.conversations import Conversation, Conversations

NEW_SYSTEM = "new system message"
"""In the session: the system message of a conversation in which nothing is said yet."""

_KEY = "conversation"  # in the address and in the session


def my_conversations() -> Conversations:
    """The visitor's; another visitor's are not among them, whatever the address says."""
    return Conversations(visitor())


def current_id() -> str | None:
    """The open conversation's id; `None` while nothing is said in a new one."""
    return st.session_state.get(_KEY)


def open_conversation() -> Conversation:
    """The conversation of the address, or the one that was open; a new one if it cannot be had.

    In a snapshot it is the one that was given away.
    """
    if opened := opened_snapshot():
        return said_in(opened)
    wanted = st.query_params.get(_KEY) or current_id()
    if wanted and wanted not in my_conversations():
        st.info(
            "There is no conversation of yours at this address: it was deleted, or it is another "
            "visitor's, and only they can open it. Here is a new one."
        )
        wanted = None
    go_to(wanted)
    if wanted:
        with errors_shown(then_stop=False):
            return my_conversations().open(wanted)
        go_to(None)
    return Conversation(system=st.session_state.get(NEW_SYSTEM, ""))


def go_to(conversation_id: str | None) -> None:
    """Opens another conversation in this run; `None` is a new one."""
    st.session_state[_KEY] = conversation_id
    forget_with_address(_KEY, _KEY)
    write_address(_KEY, conversation_id)


def begin_conversation() -> None:
    """Keeps the open conversation from now on, if it is a new one.

    Raises:
        InputError: It cannot be written.
    """
    if current_id() is None:
        system = st.session_state.pop(NEW_SYSTEM, "")
        go_to(my_conversations().add(Conversation(system=system)))


def change_conversation() -> AbstractContextManager[Conversation]:
    """The open conversation, to be changed and kept.

    Raises:
        InputError: It is gone, its file is damaged, or it cannot be written.
    """
    return my_conversations().change(current_id())
