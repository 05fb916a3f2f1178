"""Conversations that survive a change of page, a reload and a restart.

Each is a file in `home()/conversations`; its id, which nobody can guess, is in the page's address.
"""

import re
import secrets
from pathlib import Path

import streamlit as st

from tfplay.app.loading import run_trained
from tfplay.config import DecodingConfig
from tfplay.store import Run, home
from tfplay.store.files import write_json
from tfplay.text import Message
from tfplay.text.files import read_json

_ID = re.compile(r"[0-9a-f]{16}")


def conversation_id() -> str:
    """The visitor's conversation, `?conversation=...`: the one in the address, or a new one."""
    linked = st.query_params.get("conversation", "")
    kept = linked if _ID.fullmatch(linked) else st.session_state.get("conversation")
    chosen = kept or secrets.token_hex(8)
    st.query_params["conversation"] = st.session_state["conversation"] = chosen
    return chosen


def load_messages(conversation: str) -> list[Message]:
    """The conversation's messages, oldest first.

    Raises:
        InputError: Its file is damaged.
    """
    path = _path(conversation)
    return read_json(path) if path.exists() else []


def save_messages(conversation: str, messages: list[Message]) -> None:
    """Keeps the conversation's messages.

    Raises:
        InputError: They cannot be written, for example to a full disk.
    """
    write_json(_path(conversation), messages)


def _path(conversation: str) -> Path:
    return home() / "conversations" / f"{conversation}.json"


def stream_reply(
    run: Run, messages: list[Message], config: DecodingConfig, step: int | None = None
) -> str:
    """Writes the run's reply as it grows, letter by letter as it is, and returns it.

    Args:
        run: A run that learned to write.
        messages: The conversation so far.
        config: How the reply is chosen.
        step: By the model as it was after this step; `None` is as it ended.

    Raises:
        InputError: The messages are more than the model can read.
    """
    from tfplay.chat import Reply
    from tfplay.decoding import Memory

    place, answer = st.empty(), ""
    memory = st.session_state.setdefault("memory", Memory())
    for addition in Reply(run_trained(run, step), messages, config, memory=memory):
        answer += addition
        place.text(answer)
    return answer
