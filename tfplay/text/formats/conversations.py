"""Conversations: what a chat model is trained on."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.examples import ROLES, Message
from tfplay.text.files import parse_json, read_prose, require_ending
from tfplay.text.formats.chat_exports import (
    FORMATS,
    is_tree,
    merged,
    plain_messages,
    read_tree,
    tell_left_out,
)
from tfplay.text.formats.rows import is_json_lines, json_lines, write_json_lines
from tfplay.text.report import BadRow, Report
from tfplay.text.words import normalize

ENDINGS = (".jsonl", ".json")


def read_conversations(
    path: str | os.PathLike, report: Report | None = None
) -> list[list[Message]]:
    """Reads conversations; if one has branches, the branch that was shown.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end): a `.jsonl` with a conversation
            a line, or a `.json` with a list of them, or one alone. A conversation is a list of
            messages with "role" and "content", or an object with such a list as "messages"; or
            what ChatGPT or Open WebUI exports; or ShareGPT's list "conversations" with "from" and
            "value"; or Alpaca's "instruction", "input" and "output", or "prompt" and "response".
        report: Records how many conversations were left out, and why.

    Returns:
        At least one conversation, each as `check_conversation` wants it and with a reply of the
        assistant. Contents are NFC-normalised, without space at their ends.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, or half of what is
            in it are no such conversations.

    Example:
        >>> read_conversations("chats.jsonl")[0][0]
        {'role': 'user', 'content': 'Hello!'}
    """
    name = Path(path).name
    report = Report() if report is None else report
    ending, text = require_ending(path, ENDINGS), read_prose(path, report)
    if ending == ".jsonl" or is_json_lines(text):
        rows = (
            row if isinstance(row, BadRow) else (f"{name}, line {row[0]}", row[1])
            for row in json_lines(name, text)
        )
    else:
        rows = _in_list(name, parse_json(name, text))
    found = report.parse_all(name, rows, partial(_conversation, report))
    if not found:
        raise InputError(f"{name} has no conversation; what is understood is {FORMATS}.")
    return found


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


def in_list(value: Any) -> list[Any]:
    """The conversations in a JSON file: the items of its list, or its only one."""
    is_many = isinstance(value, list) and not (value and _is_message(value[0]))
    return value if is_many else [value]


def _in_list(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    for number, each in enumerate(in_list(value), start=1):
        yield f"{name}, conversation {number}", each


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and (
        {"role", "content"} <= value.keys() or {"from", "value"} <= value.keys()
    )


def _check_message(where: str, message: Any) -> None:
    role = message.get("role") if isinstance(message, dict) else None
    if role not in ROLES:
        raise InputError(
            f"{where} has the role {quoted(role)}; it must be one of {', '.join(ROLES)}."
        )
    if not isinstance(message.get("content"), str) or not message["content"].strip():
        raise InputError(f"{where} has no text in its content.")


def _conversation(report: Report, row: tuple[str, Any]) -> list[Message]:
    where, value = row
    if is_tree(value):
        exported = read_tree(value)
        messages: Any = _beginning_with_user(merged(exported.messages()))
        _tell_branches(report, exported.num_branches)
        tell_left_out(report, exported.num_left_out)
    else:
        messages = plain_messages(value, report)
    if messages is None:
        raise BadRow(
            where,
            f" is no list of messages; what is understood is {FORMATS}.",
            "that cannot be understood as a conversation",
        )
    try:
        check_conversation(messages, where)
    except InputError as error:
        raise BadRow("", str(error), "whose messages do not follow each other") from error
    if all(message["role"] != "assistant" for message in messages):
        raise BadRow(
            where,
            ": the assistant never speaks, so there is nothing to learn.",
            "in which the assistant never speaks",
        )
    return [
        Message(role=message["role"], content=normalize(message["content"]).strip())
        for message in messages
    ]


def _beginning_with_user(messages: list[Message]) -> list[Message]:
    """The messages without a greeting of the assistant before the user has spoken."""
    system = messages[:1] if messages and messages[0]["role"] == "system" else []
    said = messages[len(system) :]
    return [*system, *(said[1:] if said and said[0]["role"] == "assistant" else said)]


def _tell_branches(report: Report, num_branches: int) -> None:
    note = "Of conversations with branches the branch that was shown is taken."
    if num_branches > 1 and note not in report.notes:
        report.notes.append(note)
