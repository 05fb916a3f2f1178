"""The X-ray of a chat: what the model read, where it looked, what else it might have said."""

from tfplay.app.chat.xray.subject import make_ready
from tfplay.app.chat.xray.view import ContinueFrom, reply_xray

__all__ = ["ContinueFrom", "make_ready", "reply_xray"]
