"""Conversations as other programs have them: JSON lists of messages, and Markdown to read."""

import json
from collections.abc import Sequence
from typing import Any

from tfplay.errors import InputError
from tfplay.store.conversations.tree import Conversation
from tfplay.text import ROLES, Message
from tfplay.text.words import normalize

MAX_BYTES = 2 * 1024**2
MAX_MESSAGES = 2000


def to_messages_json(messages: Sequence[Message]) -> str:
    """The widespread form: `[{"role": "user", "content": "Hello!"}, ...]`."""
    return json.dumps(messages, ensure_ascii=False, indent=2)


def to_branches_json(conversation: Conversation) -> str:
    """The branch that is shown as `messages`, and beside it all turns: who follows whom.

    What was measured of a reply is left out: nobody who reads the file could check it.
    """
    turns = [
        {"id": turn.id, "parent": turn.parent, "role": turn.role, "content": turn.content}
        for turn in conversation.turns.values()
    ]
    data = {
        "messages": conversation.messages(conversation.last),
        "name": conversation.name,
        "system": conversation.system,
        "turns": turns,
        "last": conversation.last,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


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


def read_conversation(name: str, data: bytes) -> Conversation:
    """Reads a conversation in the widespread form, or with all its branches.

    Args:
        name: The file's, for what is wrong with it.
        data: JSON in UTF-8: a list of messages, an object with such a list as "messages", or what
            `to_branches_json` wrote.

    Returns:
        A conversation of at least one turn; contents are NFC-normalised.

    Raises:
        InputError: It is too large, cut short, not JSON, or no such conversation.
    """
    value = _read_json(name, data)
    if isinstance(value, dict) and "turns" in value:
        return _read_branches(name, value)
    return Conversation.of_messages(_read_messages(name, value))


def _read_json(name: str, data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data) / 1024**2:.1f} MB; a conversation may have "
            f"{MAX_BYTES // 1024**2} MB."
        )
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is cut short or damaged: it is not JSON.") from error


def _read_messages(name: str, value: Any) -> list[Message]:
    """The system speaks first, if at all."""
    read = _read_list(name, value.get("messages") if isinstance(value, dict) else value)
    late = [place for place, each in enumerate(read, 1) if each["role"] == "system" and place > 1]
    if late:
        raise InputError(f"{name}, message {late[0]} is the system's, which may only speak first.")
    if all(message["role"] == "system" for message in read):
        raise InputError(f"{name} has no message of user or assistant.")
    return read


def _read_branches(name: str, value: dict[str, Any]) -> Conversation:
    """All turns of a file with branches; they must fit together."""
    said = _read_list(name, value["turns"])
    if not said or any(message["role"] == "system" for message in said):
        raise InputError(f"{name} must have turns of user and assistant, and of nobody else.")
    turns = [
        {"id": turn.get("id"), "parent": turn.get("parent"), **message}
        for turn, message in zip(value["turns"], said, strict=True)
    ]
    texts = {key: value.get(key, "") for key in ("name", "system")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise InputError(f"{name} has a name or a system message that is no text.")
    texts = {key: normalize(text) for key, text in texts.items()}
    return Conversation.from_json({"messages": turns, "last": value.get("last"), **texts})


def _read_list(name: str, messages: Any) -> list[Message]:
    """At most so many messages, each with its text."""
    if not isinstance(messages, list):
        raise InputError(
            f'{name} is no list of messages such as [{{"role": "user", "content": "Hello!"}}].'
        )
    if len(messages) > MAX_MESSAGES:
        raise InputError(f"{name} has {len(messages):,} messages; the most is {MAX_MESSAGES:,}.")
    return [_message(f"{name}, message {place}", each) for place, each in enumerate(messages, 1)]


def _message(where: str, value: object) -> Message:
    role = value.get("role") if isinstance(value, dict) else None
    if role not in ROLES:
        raise InputError(f"{where} has the role {role!r}; it must be one of {', '.join(ROLES)}.")
    content = value.get("content")
    if not isinstance(content, str) or not content.strip():
        raise InputError(f"{where} has no text in its content.")
    return {"role": role, "content": normalize(content)}
