"""Conversations as other programs have them: JSON lists of messages, and Markdown to read."""

import json
from collections.abc import Sequence

from tfplay.errors import InputError
from tfplay.text import ROLES, Message
from tfplay.text.words import normalize

MAX_BYTES = 2 * 1024**2
MAX_MESSAGES = 2000


def to_messages_json(messages: Sequence[Message]) -> str:
    """The widespread form: `[{"role": "user", "content": "Hello!"}, ...]`."""
    return json.dumps(messages, ensure_ascii=False, indent=2)


def to_markdown(title: str, messages: Sequence[Message]) -> str:
    """A text to read, with a heading for each message; what was said stands in a fence.

    So it is shown letter by letter, whatever Markdown or HTML it may hold.
    """
    parts = [f"# {' '.join(title.split())}"]
    for message in messages:
        fence = "```"
        while fence in message["content"]:
            fence += "`"
        heading = f"## {message['role'].capitalize()}"
        parts.append(f"{heading}\n\n{fence}text\n{message['content']}\n{fence}")
    return "\n\n".join(parts) + "\n"


def read_messages(name: str, data: bytes) -> list[Message]:
    """Reads a conversation in the widespread form.

    Args:
        name: The file's, for what is wrong with it.
        data: JSON in UTF-8: a list of messages, or an object with such a list as "messages".

    Returns:
        At least one message of user or assistant; contents are NFC-normalised. The system speaks
        first, if at all.

    Raises:
        InputError: It is too large, cut short, not JSON, or no such conversation.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data) / 1024**2:.1f} MB; a conversation may have "
            f"{MAX_BYTES // 1024**2} MB."
        )
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is cut short or damaged: it is not JSON.") from error
    messages = value.get("messages") if isinstance(value, dict) else value
    if not isinstance(messages, list):
        raise InputError(
            f'{name} is no list of messages such as [{{"role": "user", "content": "Hello!"}}].'
        )
    if len(messages) > MAX_MESSAGES:
        raise InputError(f"{name} has {len(messages):,} messages; the most is {MAX_MESSAGES:,}.")
    read = [_message(f"{name}, message {place}", each) for place, each in enumerate(messages, 1)]
    late = [place for place, each in enumerate(read, 1) if each["role"] == "system" and place > 1]
    if late:
        raise InputError(f"{name}, message {late[0]} is the system's, which may only speak first.")
    if all(message["role"] == "system" for message in read):
        raise InputError(f"{name} has no message of user or assistant.")
    return read


def _message(where: str, value: object) -> Message:
    role = value.get("role") if isinstance(value, dict) else None
    if role not in ROLES:
        raise InputError(f"{where} has the role {role!r}; it must be one of {', '.join(ROLES)}.")
    content = value.get("content")
    if not isinstance(content, str) or not content.strip():
        raise InputError(f"{where} has no text in its content.")
    return {"role": role, "content": normalize(content)}
