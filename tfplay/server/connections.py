"""Closes connections that never send a request, which uvicorn leaves to a proxy before it."""

import asyncio
from functools import wraps
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol


def limit_connections(seconds: float) -> None:
    """Limits how long a client of any server in this process may take to send a request's headers.

    It has as long to read on when as much as can be is on its way to it. And each request is
    told the address of its connection as `request.state.peer`: uvicorn puts what the client itself
    says (`X-Forwarded-For`) in the place of `request.client` if it came from this machine.

    Args:
        seconds: From a connection's beginning, or a later request's.
    """
    protocol = AutoHTTPProtocol

    made = protocol.connection_made

    @wraps(made)
    def connection_made(self: Any, transport: asyncio.Transport) -> None:
        made(self, transport)
        self.app_state = self.app_state | {"peer": self.client}
        self.head_timer = self.write_timer = None
        wait_for_head(self)

    received = protocol.data_received

    @wraps(received)
    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        if self.head_timer is None and is_idle(self):
            wait_for_head(self)

    def wait_for_head(self: Any) -> None:
        self.head_timer = self.loop.call_later(seconds, give_up, self, self.cycle)

    def give_up(self: Any, cycle: Any) -> None:
        self.head_timer = None
        is_same = self.cycle is cycle and self.transport.get_protocol() is self
        if is_same and is_idle(self):
            self.transport.abort()

    def is_idle(self: Any) -> bool:
        return self.cycle is None or self.cycle.response_complete

    paused = protocol.pause_writing

    @wraps(paused)
    def pause_writing(self: Any) -> None:
        paused(self)
        self.write_timer = self.loop.call_later(seconds, self.transport.abort)

    resumed = protocol.resume_writing

    @wraps(resumed)
    def resume_writing(self: Any) -> None:
        resumed(self)
        if self.write_timer is not None:
            self.write_timer.cancel()

    for function in (connection_made, data_received, pause_writing, resume_writing):
        setattr(protocol, function.__name__, function)
