"""Our models behind the addresses that the common client library of chat models knows."""

from tfplay.server.connections import limit_connections
from tfplay.server.fairness import counted_address
from tfplay.server.headers import SafetyHeaders, read_frame_ancestors
from tfplay.server.logs import set_up_logs
from tfplay.server.monitor import MonitorAddress, serve_monitor
from tfplay.server.routes import OddAddresses, chat_routes
from tfplay.server.settings import ApiSettings
from tfplay.server.trust import Trust
from tfplay.server.visits import VisitLimits

__all__ = [
    "ApiSettings",
    "MonitorAddress",
    "OddAddresses",
    "SafetyHeaders",
    "Trust",
    "VisitLimits",
    "chat_routes",
    "counted_address",
    "limit_connections",
    "read_frame_ancestors",
    "serve_monitor",
    "set_up_logs",
]
