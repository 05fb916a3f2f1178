"""What an X-ray is of, and the one forward pass that it takes."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay import explain
from tfplay.app.model.loading import load_trained
from tfplay.chat.xray import MessageSpan, ReplyXray, xray_reply
from tfplay.config import DecodingConfig
from tfplay.cutting import cut_text
from tfplay.store import Model
from tfplay.text import Message

LONGEST_QUOTE = 40  # characters
NAMES = {"system": "System", "user": "You", "assistant": "Assistant"}


class XraySubject(NamedTuple):
    """What an X-ray is of."""

    model: Model
    messages: tuple[Message, ...]
    reply: int
    """Index of a message of the assistant."""
    key: str
    config: DecodingConfig

    @property
    def identity(self) -> tuple:
        """Equal for equal conversations with equal models: what a cache is kept by."""
        said = tuple((message["role"], message["content"]) for message in self.messages)
        return self.model.version, said, self.config.max_new_tokens

    def name(self, message: int) -> str:
        """What a message is called."""
        return f"{NAMES[self.messages[message]['role']]} ({message + 1})"

    def quote(self, message: int) -> str:
        """What a message is called and how it begins."""
        text = self.messages[message]["content"]
        return f"{self.name(message)}: {cut_text(text, LONGEST_QUOTE)}"


def read_xray(subject: XraySubject) -> ReplyXray:
    """The reply with all that the model computed for it: one forward pass, which is remembered.

    Raises:
        InputError: The conversation does not fit the model.
    """
    return _read_xray(subject.model, *subject.identity, subject.reply)


def make_ready(model: Model) -> None:
    """Compiles what the first X-ray of a model needs, in about the time of ten X-rays."""
    explain.compiled_trace(load_trained(model).model)({"token_ids": np.zeros((1, 2), "int32")})


def chosen_place(xray: ReplyXray) -> int:
    """The token that is looked at as long as the visitor has chosen none: the least likely."""
    return int(xray.probabilities().argmin())


def groups(subject: XraySubject, spans: tuple[MessageSpan, ...]) -> list[tuple[str, int]]:
    """The messages that the model read, for a strip of their tokens."""
    return [(subject.name(span.message), span.end - span.start) for span in spans]


@st.cache_resource(max_entries=8, show_spinner="Running the model …")
def _read_xray(
    _model: Model,
    version: tuple,
    said: tuple[tuple[str, str], ...],
    max_new_tokens: int,
    reply: int,
) -> ReplyXray:
    trained = load_trained(_model)
    messages = [{"role": role, "content": content} for role, content in said]
    return xray_reply(trained, messages, reply, max_new_tokens)
