"""A conversation as a model's token ids, in the format that the model has learned.

Models trained here have a token for each role: before each message stands that of its role, after
it the end token. A published model has a chat template of its own.
"""

import json
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple, TypeGuard

from tfplay.checkpoints.words import encode_conversation
from tfplay.text import LibraryTokenizer, Message, Tokenizer

Conversation = Sequence[Message]


class Spoken(NamedTuple):
    """A whole conversation as token ids."""

    token_ids: list[int]
    is_reply: list[bool]
    """For each token, whether the assistant says it: its texts, and the tokens that end them."""


def encode_messages(tokenizer: Tokenizer, messages: Conversation) -> list[int]:
    """The token ids with which the assistant's next reply begins."""
    if _has_template(tokenizer):
        return encode_conversation(tokenizer, messages).token_ids
    [turns] = encode_turns([messages], tokenizer)
    return [*chain.from_iterable(turns), tokenizer.special_id("assistant")]


def learned_template(tokenizer: Tokenizer) -> str:
    """How a model trained here reads a conversation, as a chat template, in Jinja."""
    special = tokenizer.special_tokens
    roles = {"system": special.system, "user": special.user, "assistant": special.assistant}
    return (
        f"{{% set roles = {json.dumps(roles)} %}}"
        "{% for message in messages %}"
        "{{ roles[message['role']] + message['content'] + "
        f"{json.dumps(special.end)} }}}}"
        "{% endfor %}"
        f"{{% if add_generation_prompt %}}{{{{ {json.dumps(special.assistant)} }}}}{{% endif %}}"
    )


def encoded_lengths(tokenizer: Tokenizer, messages: Conversation) -> list[int]:
    """How many tokens of `encode_messages` each message is, with its role and end.

    Returns:
        A number for each message, and last the number of tokens that let the assistant begin.
    """
    if not _has_template(tokenizer):
        [turns] = encode_turns([messages], tokenizer)
        return [*map(len, turns), 1]
    numbers = encode_conversation(tokenizer, messages).message_numbers
    ends = [0]
    for number in range(len(messages)):
        places = [place for place, owner in enumerate(numbers) if owner == number]
        ends.append(max([ends[-1], *(place + 1 for place in places[-1:])]))
    ends.append(len(numbers))
    return [end - start for start, end in pairwise(ends)]


def reply_place(tokenizer: Tokenizer, token_ids: Sequence[int]) -> int:
    """The position of the last token before the last reply; without a reply the last of all."""
    opening = _opening(tokenizer)
    token_ids = list(token_ids)
    for end in range(len(token_ids), len(opening) - 1, -1):
        if token_ids[end - len(opening) : end] == opening:
            return end - 1
    return len(token_ids) - 1


def _opening(tokenizer: Tokenizer) -> list[int]:
    """The tokens that let the assistant begin."""
    if not _has_template(tokenizer):
        return [tokenizer.special_id("assistant")]
    messages: Conversation = [{"role": "user", "content": "."}]
    said = encode_conversation(tokenizer, messages, reply=False).token_ids
    return encode_conversation(tokenizer, messages).token_ids[len(said) :]


def encode_turns(
    conversations: Sequence[Conversation], tokenizer: Tokenizer
) -> list[list[list[int]]]:
    """Every message of every conversation: its role's token, its text, the end token."""
    contents = (message["content"] for each in conversations for message in each)
    texts = iter(tokenizer.tokenize_batch(contents))
    return [
        [
            [tokenizer.special_id(message["role"]), *next(texts), tokenizer.end_id]
            for message in conversation
        ]
        for conversation in conversations
    ]


def encode_whole(conversations: Sequence[Conversation], tokenizer: Tokenizer) -> list[Spoken]:
    """Every conversation, with what a model learns to say in it."""
    if _has_template(tokenizer):
        opening = _opening(tokenizer)
        return [_spoken_by_template(each, tokenizer, opening) for each in conversations]
    return [
        Spoken(
            list(chain.from_iterable(turns)),
            [
                place > 0 and turn[0] == tokenizer.assistant_id
                for turn in turns
                for place in range(len(turn))
            ],
        )
        for turns in encode_turns(conversations, tokenizer)
    ]


def _spoken_by_template(
    messages: Conversation, tokenizer: LibraryTokenizer, opening: list[int]
) -> Spoken:
    """A conversation as the model's template writes it.

    A reply begins behind what lets the assistant begin, and ends with the end token; what the
    template writes behind that is not asked for, and behind the last message left out.
    """
    written = encode_conversation(tokenizer, messages, reply=False)
    token_ids, numbers = written.token_ids, written.message_numbers
    is_reply = [False] * len(token_ids)
    last = len(token_ids) - 1
    for number, message in enumerate(messages):
        places = [place for place, owner in enumerate(numbers) if owner == number]
        if message["role"] != "assistant" or not places:
            continue
        first, last = places[0], places[-1]
        if token_ids[first : first + len(opening)] == opening:
            first += len(opening)
        ends = [place for place in range(first, last + 1) if token_ids[place] == tokenizer.end_id]
        last = ends[-1] if ends else last
        is_reply[first : last + 1] = [True] * (last + 1 - first)
    length = last + 1 if messages[-1]["role"] == "assistant" else len(token_ids)
    return Spoken(token_ids[:length], is_reply[:length])


def _has_template(tokenizer: Tokenizer) -> TypeGuard[LibraryTokenizer]:
    return isinstance(tokenizer, LibraryTokenizer) and tokenizer.chat_template is not None
