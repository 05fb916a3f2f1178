"""The X-ray under a conversation."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from tfplay.app.chat.xray.choices import show_choices
from tfplay.app.chat.xray.context import show_context
from tfplay.app.chat.xray.costs import show_costs
from tfplay.app.chat.xray.looking import show_looking
from tfplay.app.chat.xray.subject import XraySubject, read_xray
from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.frame.state import choose_one
from tfplay.chat.distress import NO_XRAY, is_distress_answer
from tfplay.config import DecodingConfig
from tfplay.store import Model
from tfplay.text import Message

VIEWS = {
    "Choices": show_choices,
    "Attention": show_looking,
    "Context": show_context,
    "Cost": show_costs,
}


class ContinueFrom(NamedTuple):
    """The visitor chose another token: the reply is to be written again from there."""

    message_index: int
    """Of the reply, in the messages that were given."""
    text: str
    """How the new reply begins."""


def reply_xray(
    model: Model, messages: Sequence[Message], key: str, config: DecodingConfig | None = None
) -> ContinueFrom | None:
    """Shows what went on in the model while it replied.

    Args:
        model: One that learned chat or language modelling.
        messages: The conversation, with what the system says.
        key: Tells several X-rays apart.
        config: How the replies were chosen: the room that was kept for them decides what had
            fallen out of the context, and the visitor goes on from its temperature and filters.

    Returns:
        What the visitor wants, in the run of the page that follows the click.
    """
    replies = [i for i, message in enumerate(messages) if message["role"] == "assistant"]
    if not replies:
        st.caption("As soon as there is a reply, it can be looked into here.")
        return None
    with errors_shown(then_stop=False):
        _panel(XraySubject(model, tuple(messages), replies[-1], key, config or DecodingConfig()))
    return st.session_state.pop(f"{key} continue", None)


@fragment
def _panel(subject: XraySubject) -> None:
    """One of the views, drawn again without the rest of the page."""
    key, messages = subject.key, subject.messages
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        view = choose_one("X-ray", list(VIEWS), next(iter(VIEWS)), f"{key} view", link="xray")
        replies = [i for i, message in enumerate(messages) if message["role"] == "assistant"]
        reply = choose_one(
            *("Reply", replies[::-1], replies[-1], f"{key} reply", st.selectbox, "reply"),
            format_func=subject.quote,
        )
    if is_distress_answer(messages[reply]):
        st.info(NO_XRAY, icon=":material/volunteer_activism:")
        return
    with errors_shown(then_stop=False):
        subject = subject._replace(reply=reply)
        wanted = VIEWS[view](subject, read_xray(subject))
        if wanted is not None:
            st.session_state[f"{key} continue"] = ContinueFrom(reply, wanted)
            st.rerun()
