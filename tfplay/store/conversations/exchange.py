"""Conversations as other programs have them: JSON in several forms, and Markdown to read."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.store.conversations.tree import Conversation, Turn
from tfplay.text import ROLES, Message, Report
from tfplay.text.formats.chat_exports import (
    FORMATS,
    ExportedConversation,
    is_tree,
    plain_messages,
    read_tree,
    tell_left_out,
)
from tfplay.text.formats.conversations import in_list
from tfplay.text.report import BadRow
from tfplay.text.words import normalize

MAX_BYTES = 20 * 1024**2
"""Of a file; what other programs export holds all conversations there were."""
MAX_CONVERSATIONS = 1000
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


def read_conversations(name: str, data: bytes, report: Report | None = None) -> list[Conversation]:
    """Reads the conversations in a file of this or of another program.

    Args:
        name: The file's, for what is wrong with it.
        data: JSON or JSON lines in UTF-8: a conversation or a list of them. Each is a list of
            messages, an object with such a list as "messages", what `to_branches_json` wrote, or
            what ChatGPT or Open WebUI exports, with all its branches.
        report: Is told how many conversations were left out, and why.

    Returns:
        At least one conversation, each of at least one turn; contents are NFC-normalised.

    Raises:
        InputError: It is too large, cut short, not JSON, or half of it are no such conversations.
    """
    report = Report() if report is None else report
    values = in_list(_read_json(name, data))
    if not values:
        raise InputError(f"{name} has no conversation; what is understood is {FORMATS}.")
    if len(values) > MAX_CONVERSATIONS:
        raise InputError(
            f"{name} has {len(values):,} conversations; the most is {MAX_CONVERSATIONS:,} at once."
        )
    where = name if len(values) == 1 else f"{name}, conversation {{}}"
    rows = [(where.format(number), value) for number, value in enumerate(values, start=1)]
    return report.parse_all(name, rows, partial(_read_one, report))


def read_conversation(name: str, data: bytes) -> Conversation:
    """Reads the only conversation in a file, as `read_conversations`.

    Raises:
        InputError: There is none, or there are several.
    """
    found = read_conversations(name, data)
    if len(found) > 1:
        raise InputError(f"{name} has {len(found):,} conversations, not one.")
    return found[0]


def _read_one(report: Report, row: tuple[str, Any]) -> Conversation:
    where, value = row
    try:
        if is_tree(value):
            return _read_export(where, read_tree(value), report)
        if isinstance(value, dict) and "turns" in value:
            return _read_branches(where, value)
        return Conversation.of_messages(_read_messages(where, plain_messages(value, report)))
    except BadRow:
        raise
    except InputError as error:
        raise BadRow("", str(error), "that cannot be put together") from error


def _read_export(where: str, exported: ExportedConversation, report: Report) -> Conversation:
    if not exported.turns:
        raise BadRow(where, " has no message of user or assistant.", "without a message")
    _check_count(where, len(exported.turns))
    tell_left_out(report, exported.num_left_out)
    turns = {
        number: Turn(number, turn.parent, turn.role, turn.content)
        for number, turn in enumerate(exported.turns)
    }
    return Conversation(exported.title, exported.system, turns, exported.last)


def _read_json(name: str, data: bytes) -> Any:
    """The value of a JSON file, or the list of those of a JSON-lines file."""
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data) / 1024**2:.1f} MB; a conversation may have "
            f"{MAX_BYTES // 1024**2} MB."
        )
    try:
        text = data.decode("utf-8-sig")
        try:
            return json.loads(text)
        except ValueError:
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) < 2:
                raise
            return [json.loads(line) for line in lines]
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is cut short or damaged: it is not JSON.") from error


def _read_messages(name: str, messages: list[Any] | None) -> list[Message]:
    """The system speaks first, if at all."""
    read = _read_list(name, messages)
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
    conversation = Conversation.from_json({"messages": turns, "last": value.get("last"), **texts})
    if conversation.last is None:
        conversation.show(max(conversation.turns))  # the newest turn ends the newest branch
    return conversation


def _read_list(name: str, messages: Any) -> list[Message]:
    """At most so many messages, each with its text."""
    if not isinstance(messages, list):
        raise InputError(f"{name} is no list of messages; what is understood is {FORMATS}.")
    _check_count(name, len(messages))
    return [_message(f"{name}, message {place}", each) for place, each in enumerate(messages, 1)]


def _check_count(name: str, count: int) -> None:
    if count > MAX_MESSAGES:
        raise InputError(f"{name} has {count:,} messages; the most is {MAX_MESSAGES:,}.")


def _message(where: str, value: object) -> Message:
    given = value if isinstance(value, dict) else {}
    role, content = given.get("role"), given.get("content")
    if role not in ROLES:
        raise InputError(
            f"{where} has the role {quoted(role)}; it must be one of {', '.join(ROLES)}."
        )
    if not isinstance(content, str) or not content.strip():
        raise InputError(f"{where} has no text in its content.")
    return {"role": role, "content": normalize(content)}
