"""A conversation as a model sees it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, compress
from typing import NamedTuple

import numpy as np

from tfplay.chat.distress import without_distress
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.tasks import TrainedModel
from tfplay.tasks.chat.format import encode_messages, encoded_lengths
from tfplay.text import ROLES, Message
from tfplay.text.limits import longest_text
from tfplay.text.words import normalize


class Prompt(NamedTuple):
    """A conversation as a model sees it."""

    token_ids: np.ndarray
    """(P,)."""
    forgotten: int
    """How many of the oldest messages no longer fit the context."""


def check_messages(messages: Sequence[Message]) -> None:
    """Raises an `InputError` if this is no conversation that asks for a reply.

    A turn without text counts for nothing, unless it is the one to reply to.
    """
    if not messages:
        raise InputError("The conversation has no messages; it needs at least one of the user.")
    for number, message in enumerate(messages, start=1):
        role = message.get("role") if isinstance(message, Mapping) else None
        if role not in ROLES:
            raise InputError(
                f"Message {number} has the role {quoted(role)}; it must be one of "
                f"{', '.join(ROLES)}."
            )
        if not isinstance(message.get("content"), str):
            raise InputError(f"Message {number} has no text.")
    if all(message["role"] == "system" for message in messages):
        raise InputError("There are only system messages; a reply needs one of the user.")
    spoken = [message["role"] for message in messages if _has_text(message)]
    if messages[-1]["role"] == "user" and not _has_text(messages[-1]):
        raise InputError(f"Message {len(messages)} has no text.")
    if "user" not in spoken:
        raise InputError("No message of the user has a text; a reply needs one.")
    if spoken[-1] == "assistant":
        raise InputError("The last message is the assistant's; there is nothing to reply to.")


def make_prompt(trained: TrainedModel, messages: Sequence[Message], room: int) -> Prompt:
    """Writes the conversation as the model has learned to read it.

    A chat model gets its tokens for roles and ends. A language model, which knows no roles, gets
    plain text: each message is "Role: text" on a line of its own, and "Assistant:" comes last. The
    oldest messages fall out when they no longer fit, several at once so that turns after it find
    the same beginning in the cache, a system message last of all. What is too long for any context
    is not even tokenized.

    Args:
        trained: The model.
        messages: The conversation; the last message is answered.
        room: Tokens to keep free for the reply.

    Raises:
        InputError: The messages are no conversation, or the last one alone has no room.
    """
    check_messages(messages)
    messages = without_distress(messages)
    system = [message for message in messages if message["role"] == "system"]
    turns = [message for message in messages if message["role"] != "system"]
    while not _has_text(turns[-1]):
        turns.pop()
    within = _within_reach(system, turns, trained.context)
    most = trained.context - room

    def encode(forgotten: int) -> list[int]:
        kept = [*system, *turns[forgotten:]]
        if trained.task == "chat":
            return encode_messages(trained.tokenizer, [each for each in kept if _has_text(each)])
        return trained.tokenizer.tokenize(_transcript(kept))

    def fits(forgotten: int) -> bool:
        return len(encode(forgotten)) <= most

    # Most of a long conversation is forgotten: encoding all of it every time would take long.
    recent = 1
    while recent < within and fits(len(turns) - recent):
        recent *= 2
    least = len(turns) - min(recent, within)
    forgotten = bisect_left(range(len(turns)), True, lo=least, key=fits)
    forgotten = _round_up(forgotten, len(turns) - forgotten)
    if forgotten == len(turns):
        raise InputError(
            f"The last message{' with that of the system' if system else ''} makes a prompt of "
            f"{len(encode(forgotten - 1))} tokens; this model's context of {trained.context} "
            f"leaves room for {most}."
        )
    return Prompt(np.asarray(encode(forgotten)), forgotten)


def _within_reach(system: Sequence[Message], turns: Sequence[Message], context: int) -> int:
    """How many of the latest turns fit the context, judging by their characters.

    Raises:
        InputError: Not even the last one fits.
    """
    longest = longest_text(context)
    lengths = accumulate(
        (len(turn["content"]) for turn in reversed(turns)),
        initial=sum(len(message["content"]) for message in system),
    )
    _, *so_far = lengths
    if so_far[0] > longest:
        raise InputError(
            f"The last message{' with that of the system' if system else ''} has {so_far[0]:,} "
            f"characters; this model's context of {context} tokens never holds more than "
            f"{longest:,}."
        )
    return bisect_right(so_far, longest)


def _round_up(forgotten: int, fitting: int) -> int:
    """Forgets up to half of the fitting messages too, so that the next turns need to forget none.

    When the beginning of the prompt changes, all that was computed for it is lost: this should be
    rare.
    """
    at_once = 1 << max(0, (fitting // 2).bit_length() - 1)  # a power of two: mostly stays the same
    return -(-forgotten // at_once) * at_once


def _transcript(messages: Sequence[Message]) -> str:
    lines = [
        f"{message['role'].capitalize()}: {message['content']}\n"
        for message in messages
        if _has_text(message)
    ]
    return "".join(lines) + "Assistant:"


def message_lengths(trained: TrainedModel, messages: Sequence[Message]) -> list[int]:
    """How many tokens of the prompt each message is, with its role and end.

    Args:
        trained: The model.
        messages: The messages in the prompt.

    Returns:
        A number for each message, 0 for one without text, and last the number of tokens that let
        the assistant begin.
    """
    if trained.task == "chat":
        has_text = [_has_text(message) for message in messages]
        *lengths, opening = encoded_lengths(trained.tokenizer, list(compress(messages, has_text)))
        of_those = iter(lengths)
        return [*(next(of_those) if is_said else 0 for is_said in has_text), opening]
    lines = [normalize(_transcript([message])) for message in messages]
    lengths = [len(line) - len("Assistant:") for line in lines]
    starts = [piece.start for piece in trained.tokenizer.pieces(_transcript(messages))]
    ends = np.searchsorted(starts, np.cumsum(lengths))
    return np.diff(ends, prepend=0, append=len(starts)).tolist()


def reply_ids(trained: TrainedModel, text: str) -> list[int]:
    """The token ids of a reply, or of its beginning, as they follow the prompt."""
    return trained.tokenizer.tokenize(text if trained.task == "chat" else f" {text}")


def _has_text(message: Message) -> bool:
    return bool(message["content"].strip())
