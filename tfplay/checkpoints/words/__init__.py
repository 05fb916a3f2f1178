"""Vocabularies and chat templates that others published, as tokenizers of ours."""

from tfplay.checkpoints.words.chat_template import Conversation, encode_conversation
from tfplay.checkpoints.words.reading import read_words

__all__ = ["Conversation", "encode_conversation", "read_words"]
