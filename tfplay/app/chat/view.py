"""The conversation with its end: the reply that grows, what went wrong, the box to write in."""

import streamlit as st

from tfplay.app.chat.beginning import suggestions
from tfplay.app.chat.replying import stream_reply
from tfplay.app.chat.requests import Wanted, ask, take_back
from tfplay.app.chat.transcript import context_gauge, show_transcript
from tfplay.app.layout import plain
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Run
from tfplay.store.conversations import Conversation

_BOX = "message"


def draw_conversation(
    run: Run,
    step: int | None,
    conversation: Conversation,
    wanted: Wanted | None,
    config: DecodingConfig,
) -> None:
    """Draws the branch that is shown, and the reply that is asked for as it grows.

    Args:
        run: The model.
        step: It as it was after this step; `None` is as it ended.
        conversation: The open one.
        wanted: The reply, if any.
        config: How it is chosen.
    """
    if run.recipe.task == "language-model":
        st.caption(
            "This model learned to go on with plain text, not to converse: it writes what might "
            "stand next in its training data."
        )
    turns = conversation.branch(wanted.after if wanted else conversation.last)
    if not turns:
        suggestions(run)
    show_transcript(run, conversation, turns, is_growing=wanted is not None)
    if wanted:
        try:
            stream_reply(run, step, wanted, config)
        except InputError as error:
            if wanted.undo and wanted.undo.is_draft:
                st.session_state["draft"] = turns[-1].content
            take_back(wanted)
            st.session_state["chat error"] = str(error)
        st.rerun()
    if error := st.session_state.pop("chat error", None):
        st.error(plain(error), icon=":material/error:")
    if note := st.session_state.pop("chat note", None):
        st.caption(note)
    context_gauge(turns)


def message_box() -> None:
    """Where the visitor writes; its button stops a reply while one grows."""
    draft = st.session_state.pop("draft", None)
    if draft is not None:
        st.session_state[_BOX] = draft
    st.chat_input(
        "Say something",
        key=_BOX,
        submit_mode="stop",
        on_submit=lambda: ask("say", text=st.session_state[_BOX]),
    )
