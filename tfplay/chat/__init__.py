"""Chat with a decoder-only model: messages in, the reply out, piece by piece."""

from tfplay.chat.client import ChatCompletion, ChatCompletionChunk, Client
from tfplay.chat.prompt import Prompt, check_messages, make_prompt
from tfplay.chat.reply import Reply
from tfplay.chat.xray import ReplyXray, xray_reply

__all__ = [
    "ChatCompletion",
    "ChatCompletionChunk",
    "Client",
    "Prompt",
    "Reply",
    "ReplyXray",
    "check_messages",
    "make_prompt",
    "xray_reply",
]
