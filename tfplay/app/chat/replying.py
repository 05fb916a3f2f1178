"""A reply as it grows: kept as far as it has come, whoever stops it."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tfplay import decoding
from tfplay.app.chat.current import current_id, my_conversations
from tfplay.app.chat.requests import Wanted
from tfplay.app.frame.visible import visible
from tfplay.app.model.judgement import judgement_text
from tfplay.app.model.loading import load_trained
from tfplay.chat import Reply
from tfplay.chat.distress import distress_answer
from tfplay.config import DecodingConfig
from tfplay.cutting import cut_text
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.store.conversations import Conversation
from tfplay.tasks import TrainedModel

ANOTHER_TEMPERATURE = 0.7
"""Of a second reply to the same message where the first was the likeliest of all."""

READING = (
    "Reading the conversation. For the first reply after a start, and again once a conversation "
    "has grown long, the model is compiled, which takes a few seconds."
)
"""Shown when half a second has passed without a token."""


def stream_reply(model: Model, wanted: Wanted, config: DecodingConfig) -> None:
    """Writes the model's reply as it grows, and keeps it.

    Somebody in distress gets a text that no model has written, before any is loaded.

    It is kept as far as it came when it was stopped, or the page left or closed, which ends it
    before the next token.

    Args:
        model: One that learned to write.
        wanted: What is answered.
        config: How the reply is chosen.

    Raises:
        InputError: The model cannot read the messages, or the reply cannot be kept.
    """
    mine, conversation_id = my_conversations(), current_id()
    conversation = mine.open(conversation_id)
    if answer := distress_answer(conversation.turns[wanted.after].content):
        with mine.change(conversation_id) as changed:
            changed.add("assistant", answer, after=wanted.after, is_by_model=False)
        return
    with st.container(key="growing"):
        place = st.empty()
        st.button("Stop", icon=":material/stop_circle:", type="tertiary")
    trained = load_trained(model)
    _refuse_unknown(trained, conversation.turns[wanted.after].content)
    config = _varied(config, len(conversation.following(wanted.after)), wanted)
    reply = _begin(trained, conversation, wanted, config)
    text, times, begun = "", [time.perf_counter()], len(reply.token_ids)
    try:
        with closing(reply):
            for piece in grow(reply, place):
                times.append(time.perf_counter())
                text += piece
    finally:  # also when it is stopped: what asks Streamlit for anything would end here
        facts = {"run": model.id, "model": model.title, "temperature": _temperature(config)}
        facts |= _what_was_read(reply, trained, conversation.branch(wanted.after))
        facts |= speed(times, len(reply.token_ids) - begun)
        facts["doubt"] = judgement_text(reply.judgement())
        if text.strip():
            with mine.change(conversation_id) as changed:
                changed.add("assistant", text, after=wanted.after, **facts)
    if not text.strip():
        note = "The model had nothing to say; another seed may change that."
        st.session_state["chat note"] = note


def grow(reply: Reply, place: DeltaGenerator) -> Iterator[str]:
    """Shows a reply as it is written.

    Args:
        reply: One that nothing was taken of.
        place: An empty element.

    Yields:
        Each piece of its text.
    """
    with place, st.spinner(READING, show_time=True):
        first = next(reply, "")
    text = ""
    for piece in chain([first], reply):
        text += piece
        yield piece
        place.text(visible(text) + " ▌")


def _begin(
    trained: TrainedModel, conversation: Conversation, wanted: Wanted, config: DecodingConfig
) -> Reply:
    memory = st.session_state.setdefault("memory", decoding.Memory())
    messages = conversation.messages(wanted.after)
    return Reply(trained, messages, config, memory=memory, begun=wanted.begun)


def _varied(config: DecodingConfig, siblings: int, wanted: Wanted) -> DecodingConfig:
    """The settings for one more reply to the same message: it should be another one."""
    if not siblings or wanted.begun:
        return config
    is_greedy = config.strategy == "greedy"
    temperature = ANOTHER_TEMPERATURE if is_greedy else config.temperature
    return replace(
        config, strategy="sampling", temperature=temperature, seed=config.seed + siblings
    )


def _temperature(config: DecodingConfig) -> float:
    return config.temperature if config.strategy == "sampling" else 0.0


def _refuse_unknown(trained: TrainedModel, text: str) -> None:
    """Raises an `InputError` if the vocabulary has nothing of the text."""
    if set(trained.tokenizer.tokenize(text)) <= {trained.tokenizer.unknown_id}:
        raise InputError(
            f"This model's vocabulary has nothing of {cut_text(text, 40)!r}: it would read unknown "
            "tokens only; write in the words and letters that it was trained on."
        )


def _what_was_read(reply: Reply, trained: TrainedModel, turns: list[Any]) -> dict[str, Any]:
    """How much of the context the reply took, and which turn was the first that it could see."""
    forgotten = reply.prompt.forgotten
    return {
        "read": len(reply.prompt.token_ids),
        "written": len(reply.token_ids),
        "context": trained.context,
        "seen_from": turns[forgotten].id if forgotten else None,
        "finish_reason": reply.finish_reason,
    }


def speed(times: list[float], written: int) -> dict[str, float]:
    """Seconds to the first token, and tokens a second after it, as far as there are some.

    Args:
        times: When it began, and when each piece of text came, in seconds.
        written: How many tokens.
    """
    begin, *came = times
    facts = {"first_after": came[0] - begin} if came else {}
    if written > 1:
        facts["tokens_per_second"] = (written - 1) / (came[-1] - came[0])
    return facts
