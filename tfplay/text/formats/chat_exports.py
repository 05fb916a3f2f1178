"""Conversations as chat programs export them: trees of messages, and lists in several dialects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tfplay.text.examples import ROLES, Message, Role, Speaker
from tfplay.text.report import Report
from tfplay.text.words import normalize

_ROLE_NAMES: dict[str, Role] = {
    **{role: role for role in ROLES},
    "developer": "system",
    "human": "user",
    "gpt": "assistant",
    "bot": "assistant",
    "chatgpt": "assistant",
    "model": "assistant",
    "ai": "assistant",
}
"""Roles by the names of speakers in exports: OpenAI's own, ShareGPT's and similar ones."""

_UNHEARD = ("tool", "function", "ipython", "tether", "observation")
"""Speakers that take no part in the conversation: their messages are left out."""

_QUESTIONS = ("instruction", "prompt", "question", "query")
_REPLIES = ("output", "response", "completion", "answer", "chosen", "reply")

FORMATS = (
    'a list of messages [{"role": "user", "content": "Hello!"}, …], an object with such a list as '
    '"messages", what ChatGPT ("mapping") or Open WebUI ("chat") exports, ShareGPT\'s '
    '"conversations", or Alpaca\'s "instruction" and "output"'
)
"""The formats that are understood, for error messages."""


@dataclass
class ExportedTurn:
    """What somebody said in an exported tree."""

    parent: int | None
    """The place of the turn that it follows, among the turns."""
    role: Speaker
    content: str


@dataclass
class ExportedConversation:
    """A conversation with its branches."""

    title: str = ""
    system: str = ""
    turns: list[ExportedTurn] = field(default_factory=list)
    last: int | None = None
    """The last turn of the branch that was shown; the newest turn, if the export does not say."""
    num_left_out: int = 0
    """The number of messages without text or of tools, which were left out."""

    def messages(self) -> list[Message]:
        """The branch that was shown."""
        path, place = [], self.last
        while place is not None:
            turn = self.turns[place]
            path.append(Message(role=turn.role, content=turn.content))
            place = turn.parent
        system = [Message(role="system", content=self.system)] if self.system else []
        return [*system, *path[::-1]]

    @property
    def num_branches(self) -> int:
        """The number of branches."""
        return len(self.turns) - len({turn.parent for turn in self.turns} - {None})


def is_tree(value: Any) -> bool:
    """Whether this is a conversation as ChatGPT or Open WebUI exports one."""
    return isinstance(value, Mapping) and (
        isinstance(value.get("mapping"), Mapping) or _history(value) is not None
    )


def read_tree(value: Mapping[str, Any]) -> ExportedConversation:
    """Reads one conversation of an export; `is_tree` must hold.

    Messages without text, and what tools said, are left out, and what follows them follows the
    message before. Two messages of one speaker become one.
    """
    if isinstance(value.get("mapping"), Mapping):
        title, nodes, end = value.get("title"), value["mapping"], value.get("current_node")
        parent_key, system = "parent", ""
    else:
        chat = value["chat"] if isinstance(value.get("chat"), Mapping) else value
        history = _history(value)
        title = chat.get("title", value.get("title"))
        nodes, end, parent_key = history["messages"], history.get("currentId"), "parentId"
        system = _system(chat)
    conversation = ExportedConversation(
        title=normalize(title) if isinstance(title, str) else "", system=normalize(system).strip()
    )
    _add_turns(conversation, nodes, parent_key, end)
    return conversation


def plain_messages(value: Any, report: Report) -> list[Any] | None:
    """The list of messages that a value has, whatever it is called; `None` if it has none.

    Roles are renamed to ours and contents in parts are joined; messages without text and those of
    tools are left out, which the report records. Anything that is no message is kept, so that a
    reader can say what is wrong.
    """
    if isinstance(value, list):
        return _dialect(value, report)
    if not isinstance(value, Mapping):
        return None
    if isinstance(value.get("chat"), Mapping):  # Open WebUI's without branches
        value = {"system": _system(value["chat"]), "messages": value["chat"].get("messages")}
    for key in ("messages", "conversations", "conversation", "dialog", "dialogue"):
        if isinstance(value.get(key), list):
            system = value.get("system")
            first = [{"role": "system", "content": system}] if _said(system) else []
            return first + _dialect(value[key], report)
    prompt, completion = value.get("prompt"), value.get("completion")
    if isinstance(prompt, list) and isinstance(completion, list):
        return _dialect(prompt + completion, report)
    return _instruction(value)


def tell_left_out(report: Report, number: int) -> None:
    """Records once that messages were left out, if any were."""
    note = "Messages without text, and those of tools, were left out."
    if number and note not in report.notes:
        report.notes.append(note)


def text_of(content: Any) -> str:
    """The text of a message's content: a string, parts, or ChatGPT's object of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        parts = content.get("parts")
        return text_of(parts) if isinstance(parts, list) else text_of(content.get("text"))
    if isinstance(content, list):
        said = (text_of(part) for part in content if isinstance(part, str | Mapping))
        return "\n".join(part for part in said if part)
    return ""


def merged(messages: Sequence[Message]) -> list[Message]:
    """The messages; successive ones of one speaker are joined."""
    together: list[Message] = []
    for message in messages:
        if together and together[-1]["role"] == message["role"]:
            content = f"{together[-1]['content']}\n\n{message['content']}"
            together[-1] = Message(role=message["role"], content=content)
        else:
            together.append(message)
    return together


def _system(chat: Mapping[str, Any]) -> str:
    """The system prompt of a chat in Open WebUI."""
    parameters = chat.get("params")
    given = parameters.get("system") if isinstance(parameters, Mapping) else None
    return next((text for text in (given, chat.get("system")) if _said(text)), "")


def _history(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The tree of messages in an export of Open WebUI."""
    chat = value["chat"] if isinstance(value.get("chat"), Mapping) else value
    history = chat.get("history")
    has_nodes = isinstance(history, Mapping) and isinstance(history.get("messages"), Mapping)
    return history if has_nodes else None


def _add_turns(
    conversation: ExportedConversation,
    nodes: Mapping[str, Any],
    parent_key: str,
    end: Any,
) -> None:
    """Adds each node that says something, parents first."""
    place_of: dict[str, int | None] = {}  # of the turn that a node is, or that is before it
    num_following: dict[int | None, int] = {}
    sent: list[float] = []  # when each turn was, or one before it if its own time is not known
    for node_id, node in _parents_first(nodes, parent_key):
        parent = place_of.get(node.get(parent_key))
        role, content = _speech(node)
        if role == "system" and content:
            system = [conversation.system, content] if conversation.system else [content]
            conversation.system = "\n".join(system)
            place_of[node_id] = parent
        elif role and content:
            conversation.turns.append(ExportedTurn(parent, role, content))
            place_of[node_id] = len(conversation.turns) - 1
            sent.append(_when(node) if parent is None else max(_when(node), sent[parent]))
            num_following[parent] = num_following.get(parent, 0) + 1
        else:
            is_message = node.get("message", node) is not None
            conversation.num_left_out += is_message and role != "system"
            place_of[node_id] = parent
    conversation.last = place_of.get(end) if isinstance(end, str) else None
    if conversation.last is None and conversation.turns:
        conversation.last = max(range(len(sent)), key=lambda place: (sent[place], place))
    conversation.num_left_out += len(nodes) - len(place_of)  # damaged, or in a cycle
    _merge_speakers(conversation, num_following)


def _parents_first(
    nodes: Mapping[str, Any], parent_key: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The connected nodes, parents and older branches first; nodes in a cycle are left out."""
    following: dict[Any, list[str]] = {}
    for node_id, node in nodes.items():
        if isinstance(node, Mapping):
            parent = node.get(parent_key)
            is_root = not isinstance(parent, str) or parent not in nodes
            following.setdefault(None if is_root else parent, []).append(node_id)
    waiting = following.get(None, [])[::-1]
    while waiting:
        node_id = waiting.pop()
        yield node_id, nodes[node_id]
        waiting += following.get(node_id, [])[::-1]


def _when(node: Any) -> float:
    """When a node's message was sent, in seconds; 0 if it does not say."""
    message = node.get("message", node) if isinstance(node, Mapping) else None
    if not isinstance(message, Mapping):
        return 0.0
    time = message.get("create_time", message.get("timestamp"))
    is_time = isinstance(time, int | float) and 0 < time < 1e18
    return float(time) if is_time else 0.0


def _speech(node: Mapping[str, Any]) -> tuple[Role | None, str]:
    """The speaker of a node and the text; no speaker if it is empty or a tool's."""
    message = node.get("message", node)
    if not isinstance(message, Mapping):
        return None, ""
    author = message.get("author")
    role = author.get("role") if isinstance(author, Mapping) else message.get("role")
    content = normalize(text_of(message.get("content"))).strip()
    if message.get("recipient", "all") not in ("all", None):  # a call of a tool
        return None, ""
    return _ROLE_NAMES.get(role) if isinstance(role, str) else None, content


def _merge_speakers(
    conversation: ExportedConversation, num_following: Mapping[int | None, int]
) -> None:
    """Joins each turn with the one before if the speaker is the same and no branch begins there."""
    kept: list[ExportedTurn] = []
    new_place: dict[int | None, int | None] = {None: None}
    for place, turn in enumerate(conversation.turns):
        parent = new_place[turn.parent]
        is_more = parent is not None and kept[parent].role == turn.role
        if is_more and num_following[turn.parent] == 1:
            kept[parent].content += f"\n\n{turn.content}"
            new_place[place] = parent
        else:
            kept.append(ExportedTurn(parent, turn.role, turn.content))
            new_place[place] = len(kept) - 1
    conversation.turns = kept
    conversation.last = new_place[conversation.last]


def _dialect(messages: list[Any], report: Report) -> list[Any]:
    read = []
    for message in messages:
        if not isinstance(message, Mapping):
            read.append(message)
            continue
        role = message.get("role", message.get("from"))
        if isinstance(role, str) and role.lower() in _UNHEARD:
            continue
        known = _ROLE_NAMES.get(role.lower(), role) if isinstance(role, str) else role
        content = message.get("content", message.get("value"))
        is_call = content is None and known == "assistant"  # of a tool
        if not is_call:
            text = content if isinstance(content, str) or content is None else text_of(content)
            read.append({"role": known, "content": text})
    tell_left_out(report, len(messages) - len(read))
    return read


def _instruction(value: Mapping[str, Any]) -> list[Any] | None:
    """Alpaca's instruction, input and output, or a prompt and its response."""
    asked = next((value[key] for key in _QUESTIONS if _said(value.get(key))), None)
    reply = next((value[key] for key in _REPLIES if isinstance(value.get(key), str)), None)
    if asked is None or reply is None:
        return None
    context = next((value[key] for key in ("input", "context") if _said(value.get(key))), "")
    messages = [
        {"role": "user", "content": f"{asked}\n\n{context}" if context else asked},
        {"role": "assistant", "content": reply},
    ]
    system = value.get("system")
    return [{"role": "system", "content": system}, *messages] if _said(system) else messages


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
