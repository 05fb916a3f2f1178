"""Conversations: what a chat model is trained on."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.examples import ROLES, Message
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.rows import json_lines, write_json_lines
from tfplay.text.words import normalize


def read_conversations(path: str | os.PathLike) -> list[list[Message]]:
    """Reads conversations, one a line; blank lines are skipped.

    Args:
        path: A `.jsonl` file in UTF-8, plain or gzipped (`.gz` at the end). A line is a list of
            messages, or an object with such a list as "messages"; a message is an object with
            strings "role" and "content".

    Returns:
        At least one conversation, each as `check_conversation` wants it and with a reply of the
        assistant. Contents are NFC-normalised, without space at their ends.

    Raises:
        InputError: If the file is missing, empty, not text, not UTF-8, too big or damaged, or a
            line is no such conversation.

    Example:
        >>> read_conversations("chats.jsonl")[0][0]
        {'role': 'user', 'content': 'Hello!'}
    """
    name = Path(path).name
    require_ending(path, (".jsonl",))
    return [
        _conversation(f"{name}, line {line}", value)
        for line, value in json_lines(name, read_prose(path))
    ]


def write_conversations(
    path: str | os.PathLike, conversations: Iterable[Sequence[Message]]
) -> None:
    """Writes a `.jsonl` file that `read_conversations` reads."""
    require_ending(path, (".jsonl",))
    write_json_lines(Path(path), ({"messages": list(messages)} for messages in conversations))


def check_conversation(messages: Any, where: str = "The conversation") -> None:
    """Checks that messages follow each other as in a conversation.

    There may be one message of the system, at the beginning; then user and assistant take turns,
    the user first. Each message has a text.

    Args:
        messages: What should be a list of messages.
        where: How the error names the conversation, such as a file and a line.

    Raises:
        InputError: They do not.

    Example:
        >>> check_conversation([{"role": "user", "content": "Hello!"}])
    """
    if not isinstance(messages, list | tuple):
        raise InputError(f"{where} is no list of messages.")
    for number, message in enumerate(messages, start=1):
        _check_message(f"{where}, message {number}", message)
    roles = [message["role"] for message in messages]
    turns = roles[1:] if roles[:1] == ["system"] else roles
    for number, role in enumerate(turns):
        expected = ("user", "assistant")[number % 2]
        if role != expected:
            place = number + 1 + len(roles) - len(turns)
            raise InputError(
                f"{where}, message {place} is the {role}'s, but should be the {expected}'s: "
                "first the system if at all, then user and assistant in turn."
            )
    if not turns:
        raise InputError(f"{where} has no message of the user.")


def _check_message(where: str, message: Any) -> None:
    role = message.get("role") if isinstance(message, dict) else None
    if role not in ROLES:
        raise InputError(f"{where} has the role {role!r}; it must be one of {', '.join(ROLES)}.")
    if not isinstance(message.get("content"), str) or not message["content"].strip():
        raise InputError(f"{where} has no text in its content.")


def _conversation(where: str, value: Any) -> list[Message]:
    messages = value.get("messages") if isinstance(value, dict) else value
    check_conversation(messages, where)
    if all(message["role"] != "assistant" for message in messages):
        raise InputError(f"{where}: the assistant never speaks, so there is nothing to learn.")
    return [
        {"role": message["role"], "content": normalize(message["content"]).strip()}
        for message in messages
    ]
