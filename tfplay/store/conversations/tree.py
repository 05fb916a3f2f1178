"""A conversation and its branches: a tree of turns, of which one path is shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from tfplay.cutting import cut_text
from tfplay.errors import InputError
from tfplay.text import Message
from tfplay.text.examples import Speaker

LONGEST_TITLE = 40  # characters


@dataclass
class Turn:
    """What somebody said.

    Attributes:
        id: Its number in the conversation; larger than that of any turn it follows.
        parent: The turn that it follows; `None` begins the conversation.
        role: `"user"` or `"assistant"`.
        content: The text.
        facts: What was measured while a reply was written, by name.
    """

    id: int
    parent: int | None
    role: Speaker
    content: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Conversation:
    """Turns that follow each other; turns that follow the same one are branches.

    Attributes:
        name: As the visitor calls it; empty is by its first message.
        system: The system message; empty is none.
        turns: All turns by their ids, older first.
        last: Where the branch ends that is shown; `None` before anything is said.

    Example:
        >>> conversation = Conversation(system="Be kind.")
        >>> question = conversation.add("user", "Hello!", after=None)
        >>> answer = conversation.add("assistant", "Hi!", after=question.id)
        >>> conversation.messages(answer.id)
    """

    name: str = ""
    system: str = ""
    turns: dict[int, Turn] = field(default_factory=dict)
    last: int | None = None

    @classmethod
    def of_messages(cls, messages: Sequence[Message]) -> Self:
        """A conversation without branches; the system's messages become one."""
        said = [message["content"] for message in messages if message["role"] == "system"]
        conversation = cls(system="\n".join(said))
        for message in messages:
            if message["role"] != "system":
                conversation.add(message["role"], message["content"], after=conversation.last)
        return conversation

    @property
    def title(self) -> str:
        """Its name, or the beginning of what was said first."""
        first = next(iter(self.turns.values()), None)
        text = self.name or (first.content if first else "")
        return cut_text(" ".join(text.split()), LONGEST_TITLE)

    def branch(self, end: int | None) -> list[Turn]:
        """The turns that lead to this one, which is the last of them."""
        path = []
        while end is not None:
            path.append(self.turns[end])
            end = self.turns[end].parent
        return path[::-1]

    def messages(self, end: int | None) -> list[Message]:
        """What a model reads: the system message, if any, and the turns that lead to this one."""
        system: list[Message] = (
            [{"role": "system", "content": self.system}] if self.system.strip() else []
        )
        said: list[Message] = [
            {"role": turn.role, "content": turn.content} for turn in self.branch(end)
        ]
        return [*system, *said]

    def following(self, parent: int | None) -> list[int]:
        """The turns that follow this one directly, oldest first: the branches."""
        return [turn.id for turn in self.turns.values() if turn.parent == parent]

    def add(self, role: Speaker, content: str, after: int | None, **facts: Any) -> Turn:
        """Says something after a turn, and shows the branch that ends with it.

        Raises:
            InputError: The turn is not there any more.
        """
        if after is not None and after not in self.turns:
            raise InputError("The message that this answers is not there any more.")
        turn = Turn(max(self.turns, default=-1) + 1, after, role, content, facts)
        self.turns[turn.id] = turn
        self.last = turn.id
        return turn

    def show(self, turn: int) -> None:
        """Shows the branch through this turn; where it has branches itself, the newest."""
        self.last = self._newest_end(turn)

    def remove(self, turn: int) -> None:
        """Takes one turn away; what follows it follows the turn before."""
        parent = self.turns.pop(turn).parent
        for each in self.turns.values():
            if each.parent == turn:
                each.parent = parent
        if self.last == turn:
            self.last = self._newest_end(parent)

    def _newest_end(self, turn: int | None) -> int | None:
        while following := self.following(turn):
            turn = following[-1]
        return turn

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads: the widespread list of messages, and who follows whom."""
        return {
            "name": self.name,
            "system": self.system,
            "last": self.last,
            "messages": [asdict(turn) for turn in self.turns.values()],
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Reads what `to_json` wrote, or a plain list of messages.

        Raises:
            InputError: It is neither.
        """
        try:
            if isinstance(data, list):
                return cls.of_messages(data)
            turns = {each["id"]: Turn(**each) for each in data["messages"]}
            conversation = cls(data["name"], data["system"], turns, data["last"])
            parents = [turn.parent for turn in turns.values()]
            is_numbered = len(turns) == len(data["messages"]) and {int} >= set(map(type, turns))
            is_known = {data["last"], *parents} <= {None, *turns}
            follows = all(turn.parent is None or turn.parent < turn.id for turn in turns.values())
            if is_numbered and is_known and follows:
                return conversation
        except (KeyError, TypeError):
            pass
        raise InputError("This conversation's file is damaged: its messages do not fit together.")
