"""Our models behind the addresses that the common client library of chat models knows."""

from tfplay.server.headers import SafetyHeaders, read_frame_ancestors
from tfplay.server.routes import chat_routes

__all__ = ["SafetyHeaders", "chat_routes", "read_frame_ancestors"]
