"""A visitor's conversations, a file each: nobody else opens them."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from tfplay.errors import InputError
from tfplay.home import home, make_folder
from tfplay.store.allowance import require_below, require_room, require_room_for_words
from tfplay.store.conversations.tree import Conversation
from tfplay.store.digest import digest
from tfplay.store.files import write_json
from tfplay.store.visitors import conversations_of
from tfplay.text.files import read_json

FILES = "*.json"
"""In a visitor's folder."""

_ID = re.compile(r"[0-9a-f]{16}")
_changing = Lock()  # two tabs of one visitor may write at once


class Entry(NamedTuple):
    """A conversation in a list."""

    id: str
    title: str | None
    """`None` if its file is damaged: it can only be deleted."""


class Conversations:
    """All conversations of one visitor.

    Args:
        owner: The visitor's secret; only a digest of it names the folder.

    Example:
        >>> mine = Conversations(visitor())
        >>> conversation_id = mine.add(Conversation())
        >>> with mine.change(conversation_id) as conversation:
        ...     conversation.add("user", "Hello!", after=None)
    """

    def __init__(self, owner: str):
        self._owner = owner
        self._folder = conversations_of(digest(owner))

    def list(self, words: str = "") -> list[Entry]:
        """The conversations in which all these words stand, in names or messages; newest first.

        Damaged ones are among them: nobody knows what stood there.
        """
        changed = [(path.stat().st_mtime_ns, path) for path in self._folder.glob(FILES)]
        wanted = words.casefold().split()
        found = []
        for written, path in sorted(changed, reverse=True):
            title, said = _read_entry(path, written)
            if title is None or all(word in said for word in wanted):
                found.append(Entry(path.stem, title))
        return found

    def __contains__(self, conversation_id: str | None) -> bool:
        """Whether the visitor has it.

        One that was written before visitors were told apart becomes the visitor's: nobody else
        knows its id.
        """
        if conversation_id is None or not _ID.fullmatch(conversation_id):
            return False
        path = self._path(conversation_id)
        nobodys = home() / "conversations" / path.name
        if nobodys.exists():
            make_folder(self._folder)
            os.replace(nobodys, path)
        return path.exists()

    def open(self, conversation_id: str | None) -> Conversation:
        """One conversation.

        Raises:
            InputError: The visitor has none of this id any more, or its file is damaged.
        """
        return Conversation.from_json(read_json(self._path(self._require(conversation_id))))

    def add(self, conversation: Conversation) -> str:
        """Keeps a new conversation and returns its id, which nobody can guess.

        Raises:
            InputError: It cannot be written, for example to a full disk.
            LimitError: The visitor keeps as many, or as much, as they may.
        """
        require_below("chats", digest(self._owner), _count, "conversations")
        require_room(self._owner)
        conversation_id = secrets.token_hex(8)
        self._write(conversation_id, conversation)
        return conversation_id

    @contextmanager
    def change(self, conversation_id: str | None) -> Iterator[Conversation]:
        """A conversation to be changed, and kept if nothing goes wrong.

        Raises:
            InputError: As `open` and `add`.
        """
        require_room_for_words(self._owner)
        with _changing:
            known_id = self._require(conversation_id)
            conversation = self.open(known_id)
            yield conversation
            self._write(known_id, conversation)

    def delete(self, conversation_id: str) -> None:
        """Deletes it for good."""
        self._path(conversation_id).unlink(missing_ok=True)

    def _require(self, conversation_id: str | None) -> str:
        if conversation_id is None or conversation_id not in self:
            raise InputError(
                "This conversation is not there any more; another tab may have deleted it."
            )
        return conversation_id

    def _write(self, conversation_id: str, conversation: Conversation) -> None:
        write_json(self._path(conversation_id), conversation.to_json())

    def _path(self, conversation_id: str) -> Path:
        return self._folder / f"{conversation_id}.json"


def _count(owners: set[str]) -> int:
    """How many conversations these visitors have, given the digests of their secrets."""
    return sum(len(list(conversations_of(owner).glob(FILES))) for owner in owners)


@lru_cache(maxsize=512)
def _read_entry(path: Path, written: int) -> tuple[str | None, str]:
    """Title and words, in small letters, of a file as it was written at this time."""
    try:
        conversation = Conversation.from_json(read_json(path))
    except InputError:
        return None, ""
    said = [turn.content for turn in conversation.turns.values()]
    return conversation.title, "\n".join([conversation.name, *said]).casefold()
