"""A reply as chunks in the shape of the common client library."""

import secrets
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from tfplay.chat.completion import (
    NOT_BY_MODEL,
    ChatCompletionChunk,
    ChatMessage,
    ChoiceLogprobs,
    ChunkChoice,
    FinishReason,
    Usage,
)
from tfplay.chat.logprobs import token_logprob
from tfplay.chat.reply import Reply
from tfplay.trust import Judgement


class Identity(NamedTuple):
    """What all chunks of a reply have in common."""

    id: str
    created: int
    model: str


def new_identity(model: str) -> Identity:
    """What the chunks of a reply of this model, which begins now, have in common."""
    return Identity(f"chatcmpl-{secrets.token_hex(12)}", int(time.time()), model)


def reply_chunks(reply: Reply, model: str, include_usage: bool) -> Iterator[ChatCompletionChunk]:
    """The chunks of a reply as it is generated: at least one for each token.

    Args:
        reply: A reply that has not begun yet. When the caller stops iterating, it stops.
        model: What the model is called.
        include_usage: Whether a last chunk counts the tokens.
    """
    fingerprint = None if reply.is_by_model else NOT_BY_MODEL
    for chunk in _chunks(reply, model, include_usage):
        yield replace(chunk, system_fingerprint=fingerprint)


def _chunks(reply: Reply, model: str, include_usage: bool) -> Iterator[ChatCompletionChunk]:
    identity = new_identity(model)
    with closing(reply):
        yield first_chunk(identity)
        sent = 0
        for piece in reply:
            tokens = reply.tokens[sent : reply.told_tokens]
            sent = reply.told_tokens
            logprobs = [token_logprob(reply.tokenizer, token) for token in tokens]
            choice = ChunkChoice(
                0,
                ChatMessage(content=piece),
                logprobs=ChoiceLogprobs(logprobs) if logprobs else None,
            )
            yield ChatCompletionChunk(*identity, [choice])
    read, written = len(reply.prompt.token_ids), len(reply.token_ids)
    usage = Usage(read, written, read + written)
    yield from last_chunks(
        identity, reply.finish_reason, usage if include_usage else None, reply.judgement()
    )


def first_chunk(identity: Identity) -> ChatCompletionChunk:
    """The chunk that says who speaks."""
    return ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage("assistant", ""))])


def last_chunks(
    identity: Identity,
    finish_reason: FinishReason,
    usage: Usage | None,
    judgement: Judgement | None,
) -> Iterator[ChatCompletionChunk]:
    """The chunk that says why the reply ended and, if asked for, one that counts the tokens."""
    doubt = judgement.to_json() if judgement else None
    ended = ChunkChoice(0, ChatMessage(), finish_reason)
    yield ChatCompletionChunk(*identity, [ended], tfplay=doubt)
    if usage is not None:
        yield ChatCompletionChunk(*identity, [], usage)
