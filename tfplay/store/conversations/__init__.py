"""Conversations: the tree of what was said, a visitor's folder of them, the files they come in."""

from tfplay.store.conversations.exchange import (
    MAX_BYTES,
    read_conversation,
    read_conversations,
    to_branches_json,
    to_markdown,
    to_messages_json,
)
from tfplay.store.conversations.folder import Conversations, Entry
from tfplay.store.conversations.tree import Conversation, Turn

__all__ = [
    "MAX_BYTES",
    "Conversation",
    "Conversations",
    "Entry",
    "Turn",
    "read_conversation",
    "read_conversations",
    "to_branches_json",
    "to_markdown",
    "to_messages_json",
]
