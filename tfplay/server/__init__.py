"""Our models behind the addresses that the common client library of chat models knows."""

from tfplay.server.connections import limit_connections
from tfplay.server.headers import SafetyHeaders, read_frame_ancestors
from tfplay.server.routes import OddAddresses, chat_routes
from tfplay.server.settings import ApiSettings
from tfplay.server.trust import Trust

__all__ = [
    "ApiSettings",
    "OddAddresses",
    "SafetyHeaders",
    "Trust",
    "chat_routes",
    "limit_connections",
    "read_frame_ancestors",
]
