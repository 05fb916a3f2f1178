"""Chat with a decoder-only model: messages in, the reply out, piece by piece."""

from tfplay.chat.client import TASKS, Client, Completions
from tfplay.chat.completion import ChatCompletion, ChatCompletionChunk, join_chunks
from tfplay.chat.prompt import Prompt, check_messages, make_prompt
from tfplay.chat.reply import Reply
from tfplay.chat.request import ChatRequest, read_request
from tfplay.chat.xray import ReplyXray, xray_reply

__all__ = [
    "TASKS",
    "ChatCompletion",
    "ChatCompletionChunk",
    "ChatRequest",
    "Client",
    "Completions",
    "Prompt",
    "Reply",
    "ReplyXray",
    "check_messages",
    "join_chunks",
    "make_prompt",
    "read_request",
    "xray_reply",
]
