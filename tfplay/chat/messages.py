"""Converts messages as clients send them into those that our models read."""

from collections.abc import Mapping
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text import ROLES, Message

MOST_MESSAGES = 4096
_SAME_AS = {"developer": "system"}
"""Roles of newer clients, and what they are to our models."""
_NOT_TEXT = ("audio", "function_call", "tool_calls")
"""Fields that a message may have in addition to its text; our models read text only."""


def read_messages(messages: Any) -> list[Message]:
    """Role and text of each message; an empty turn of the assistant keeps its place.

    Args:
        messages: A list of dictionaries with `role` and `content`, or of what replies had as their
            message. The content is a text, or a list of parts with texts, which are put on lines
            of their own. Names, annotations and other fields that change no reply are left out.

    Raises:
        InputError: It is no list of messages, or one contains something other than text.
    """
    if not isinstance(messages, list | tuple):
        raise InputError(f"messages is {quoted(messages)}; it must be a list of messages.")
    if len(messages) > MOST_MESSAGES:
        raise InputError(f"There are {len(messages):,} messages; the most is {MOST_MESSAGES:,}.")
    return [_read_message(number, message) for number, message in enumerate(messages, start=1)]


def _read_message(number: int, message: Any) -> Message:
    if hasattr(message, "model_dump"):
        message = message.model_dump()
    fields = message if isinstance(message, Mapping) else {}
    role = fields.get("role")
    role = _SAME_AS.get(role, role) if isinstance(role, str) else role
    if role not in ROLES:
        known = ", ".join([*ROLES, *_SAME_AS])
        raise InputError(
            f"Message {number} has the role {quoted(role)}; it must be one of {known}."
        )
    for name in _NOT_TEXT:
        if fields.get(name):
            raise InputError(f"Message {number} has {name}; our models read and write text only.")
    content = fields.get("content")
    if content is None and role == "assistant":
        content = ""
    return {"role": role, "content": _text(number, content)}


def _text(number: int, content: Any) -> str:
    if isinstance(content, list | tuple):
        content = "\n".join(_part(number, part) for part in content)
    if not isinstance(content, str):
        raise InputError(f"Message {number} has no text.")
    try:
        content.encode("utf-8")
    except UnicodeEncodeError as error:
        half = content[error.start]
        raise InputError(
            f"Message {number} has half a character, {half!r}; the other half must follow it."
        ) from error
    return content


def _part(number: int, part: Any) -> str:
    kind = part.get("type") if isinstance(part, Mapping) else part
    if kind not in ("text", "refusal"):
        raise InputError(
            f"Message {number} has a part of the type {quoted(kind)}; our models read only "
            "parts of the type 'text'."
        )
    if not isinstance(part.get(kind), str):
        raise InputError(f"Message {number} has no text in one of its parts.")
    return part[kind]
