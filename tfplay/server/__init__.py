"""Our models behind the addresses that the common client library of chat models knows."""

from tfplay.server.routes import chat_routes

__all__ = ["chat_routes"]
