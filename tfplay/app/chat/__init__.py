"""The Chat page's parts: which conversation is open, the list of all, how it is shown, replies."""

from tfplay.app.chat.beginning import choose_system_message
from tfplay.app.chat.current import open_conversation
from tfplay.app.chat.listing import conversation_list
from tfplay.app.chat.menu import conversation_menu
from tfplay.app.chat.requests import take_request
from tfplay.app.chat.view import draw_conversation, message_box

__all__ = [
    "choose_system_message",
    "conversation_list",
    "conversation_menu",
    "draw_conversation",
    "message_box",
    "open_conversation",
    "take_request",
]
