"""The conversation with its end: the reply that grows, what went wrong, the box to write in."""

from functools import partial

import streamlit as st

from tfplay.app.chat.beginning import suggestions
from tfplay.app.chat.current import current_id
from tfplay.app.chat.replying import stream_reply
from tfplay.app.chat.requests import LONGEST_MESSAGE, Wanted, ask, look, take_back
from tfplay.app.chat.size import compare_sizes
from tfplay.app.chat.transcript import context_gauge, show_transcript, timings_text
from tfplay.app.chat.xray import make_ready, reply_xray
from tfplay.app.frame.layout import fragment, plain
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.store.conversations import Conversation, Turn

_BOX = "message"
_REPLIED = "chat has replied"


def draw_conversation(
    model: Model, conversation: Conversation, wanted: Wanted | None, config: DecodingConfig
) -> None:
    """Draws the branch that is shown, and the reply that is asked for as it grows.

    Args:
        model: The model.
        conversation: The open one.
        wanted: The reply, if any.
        config: How it is chosen.
    """
    if model.task == "language-model":
        st.caption(
            "This model learned to go on with plain text, not to converse: it writes what might "
            "stand next in its training data."
        )
    turns = conversation.branch(wanted.after if wanted else conversation.last)
    if not turns:
        suggestions(model)
    if wanted:
        show_transcript(model, conversation, turns)
        try:
            stream_reply(model, wanted, config)
            st.session_state[_REPLIED] = True
        except InputError as error:
            if wanted.undo and wanted.undo.is_draft:
                st.session_state["draft"] = turns[-1].content
            take_back(wanted)
            st.session_state["chat error"] = str(error)
        st.rerun()
    _settled_transcript(model, conversation, turns, config)
    if error := st.session_state.get("chat error"):
        st.error(plain(error), icon=":material/error:")
    if note := st.session_state.get("chat note"):
        st.caption(note)
    context_gauge(turns)
    compare_sizes(conversation, turns, config)
    if st.session_state.pop(_REPLIED, False):  # all is drawn, and the visitor reads
        make_ready(model)


@fragment
def _settled_transcript(
    model: Model, conversation: Conversation, turns: list[Turn], config: DecodingConfig
) -> None:
    """What has been said; an X-ray opens in it without the rest of the page."""
    look()
    show_transcript(model, conversation, turns, partial(_draw_xray, model, conversation, config))


def _draw_xray(
    model: Model, conversation: Conversation, config: DecodingConfig, turn: Turn
) -> None:
    """What went on in the model while it replied; another token there begins another reply."""
    messages = conversation.messages(turn.id)
    with st.container(border=True):
        if "written" in turn.facts:  # a turn from a file has none
            st.caption(timings_text(turn.facts))
        chosen = reply_xray(model, messages, f"X-ray {current_id()} {turn.id}", config)
    if chosen:
        said = conversation.branch(turn.id)
        again = said[chosen.message_index - (len(messages) - len(said))]
        ask("regenerate", turn=again.id, text=chosen.text)
        st.rerun()


def message_box() -> None:
    """Where the visitor writes; its button stops a reply while one grows."""
    draft = st.session_state.pop("draft", None)
    if draft is not None:
        st.session_state[_BOX] = draft
    st.chat_input(
        "Say something",
        key=_BOX,
        max_chars=LONGEST_MESSAGE,
        submit_mode="stop",
        on_submit=lambda: ask("say", text=st.session_state[_BOX]),
    )
