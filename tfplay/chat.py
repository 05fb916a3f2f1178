"""Chat with a decoder-only model: messages in, the reply out, piece by piece."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tfplay.config import DecodingConfig
from tfplay.decoding import generate_steps
from tfplay.errors import InputError
from tfplay.tasks import TrainedModel
from tfplay.tasks.chat import encode_messages
from tfplay.text import ROLES, Message


class Prompt(NamedTuple):
    """A conversation as a model sees it."""

    token_ids: np.ndarray
    """(P,)."""
    forgotten: int
    """How many of the oldest messages have no room in the context any more."""


def check_messages(messages: Sequence[Message]) -> None:
    """Raises an `InputError` if this is no conversation that asks for a reply."""
    if not messages:
        raise InputError("The conversation has no messages; it needs at least one of the user.")
    for number, message in enumerate(messages, start=1):
        if message.get("role") not in ROLES:
            raise InputError(
                f"Message {number} has the role {message.get('role')!r}; "
                f"it must be one of {', '.join(ROLES)}."
            )
        if not isinstance(message.get("content"), str) or not message["content"].strip():
            raise InputError(f"Message {number} has no text.")
    if messages[-1]["role"] == "assistant":
        raise InputError("The last message is the assistant's; there is nothing to reply to.")


def make_prompt(trained: TrainedModel, messages: Sequence[Message], room: int) -> Prompt:
    """Writes the conversation as the model has learned to read it.

    A chat model gets its tokens for roles and ends. A language model, which knows no roles, gets
    plain text: each message is "Role: text" on a line of its own, and "Assistant:" comes last. The
    oldest messages fall out when they no longer fit, a system message last of all.

    Args:
        trained: The model.
        messages: The conversation; the last message is answered.
        room: Tokens to keep free for the reply.

    Raises:
        InputError: The messages are no conversation, or the last one alone has no room.
    """
    check_messages(messages)
    system = [message for message in messages if message["role"] == "system"]
    turns = [message for message in messages if message["role"] != "system"]
    for forgotten in range(len(turns)):
        kept = [*system, *turns[forgotten:]]
        if trained.task == "chat":
            token_ids = encode_messages(trained.tokenizer, kept)
        else:
            token_ids = trained.tokenizer.tokenize(_transcript(kept))
        if len(token_ids) <= trained.context - room:
            return Prompt(np.asarray(token_ids), forgotten)
    raise InputError(
        f"The last message makes a prompt of {len(token_ids)} tokens; this model's context of "
        f"{trained.context} leaves room for {trained.context - room}."
    )


def _transcript(messages: Sequence[Message]) -> str:
    lines = [f"{message['role'].capitalize()}: {message['content']}\n" for message in messages]
    return "".join(lines) + "Assistant:"


def reply(
    trained: TrainedModel, messages: Sequence[Message], config: DecodingConfig
) -> Iterator[str]:
    """The assistant's reply as it is generated; who stops asking stops the work.

    It ends with an end token, where a language model lets the user speak, or after
    `max_new_tokens`.

    Args:
        trained: A decoder-only model that learned chat or language modelling.
        messages: The conversation; the last message is answered.
        config: Strategy, temperature, filters, seed.

    Yields:
        The text that each step adds.

    Raises:
        InputError: As `make_prompt`.

    Example:
        >>> for piece in reply(trained, [{"role": "user", "content": "Hi"}], config):
        ...     print(piece, end="")
    """
    tokenizer = trained.tokenizer
    # A chat model's replies are short, and the more it remembers the better.
    share = 8 if trained.task == "chat" else 2
    room = min(config.max_new_tokens, trained.context // share)
    prompt = make_prompt(trained, messages, room)
    stop_token_ids = [] if tokenizer.end_id is None else [tokenizer.end_id]
    token_ids: list[int] = []
    text, told = "", 0
    for step in generate_steps(trained.model, prompt.token_ids[None], config, stop_token_ids):
        token_ids.append(int(step.token_ids[0]))
        text, is_over = _until_next_turn(tokenizer.detokenize(token_ids).lstrip())
        settled = len(text) if is_over else _settled_length(text)
        if settled > told:
            yield text[told:settled]
            told = settled
        if is_over:
            return
    if len(text) > told:
        yield text[told:]


def _until_next_turn(text: str) -> tuple[str, bool]:
    """The text before the next "User:" line, and whether there is one."""
    starts = [text.find(f"\n{role.capitalize()}:") for role in ROLES]
    found = [start for start in starts if start >= 0]
    return (text[: min(found)], True) if found else (text, False)


def _settled_length(text: str) -> int:
    """How much of a growing text will not change any more.

    What may still become the next speaker's name, or the rest of a character of several bytes,
    waits for the tokens to come.
    """
    last_line = text.rfind("\n")
    may_be_a_role = any(f"\n{role.capitalize()}:".startswith(text[last_line:]) for role in ROLES)
    if last_line >= 0 and may_be_a_role:
        return last_line
    return len(text.rstrip("\ufffd"))
