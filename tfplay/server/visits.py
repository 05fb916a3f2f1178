"""Limits of what browsers open and upload, before Streamlit takes any of it in."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from tfplay.counters import REFUSALS
from tfplay.hosting import Limits
from tfplay.server.errors import ApiError
from tfplay.server.fairness import Buckets, address_of, too_many

SECONDS_OF_UPLOADS = 3600
_UPLOADS, _TABS = "/_stcore/upload_file/", "/_stcore/stream"
_VISITOR = re.compile(r"(?:^|[;,])\s*tfplay_visitor=([\w-]{22,64})(?:[;,]|$)", re.ASCII)


class VisitLimits:
    """Middleware that refuses tabs and uploads beyond what a visitor, or an address, may use.

    Args:
        app: The app to be served.
        limits: The operator's limits.
        proxies: Number of proxies in front.
    """

    def __init__(self, app: ASGIApp, limits: Limits, proxies: int):
        self._app = app
        self._limits = limits
        self._proxies = proxies
        self._open: Counter[str] = Counter()
        self._uploaded = Buckets(limits.upload_mb, SECONDS_OF_UPLOADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "websocket" and path.endswith(_TABS):
            await self._open_tab(scope, receive, send)
            return
        if scope["type"] == "http" and _UPLOADS in path and scope["method"] != "DELETE":
            try:
                self._count_upload(HTTPConnection(scope))
            except ApiError as refusal:
                response = Response(str(refusal), refusal.status, refusal.headers)
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _shares(self, connection: HTTPConnection) -> dict[str, int]:
        """Whose shares are used, and how many times a visitor's share each of them is."""
        shares = {address_of(connection, self._proxies): self._limits.visitors_an_address}
        if found := _VISITOR.search(connection.headers.get("cookie", "")):
            shares[found[1]] = 1
        return shares

    async def _open_tab(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        shares, most = self._shares(socket), self._limits.tabs
        if any(self._open[name] >= most * times for name, times in shares.items()):
            sentence = f"You have {most:,} tabs of TFPlay open, which is the most; close one first."
            REFUSALS.labels("tabs").inc()
            await socket.send_denial_response(Response(sentence, 429))
            return
        with self._counted(shares):
            await self._app(scope, receive, send)

    @contextmanager
    def _counted(self, names: dict[str, int]) -> Iterator[None]:
        self._open.update(names.keys())
        try:
            yield
        finally:
            self._open.subtract(names.keys())
            self._open += Counter()  # those with none are forgotten

    def _count_upload(self, connection: HTTPConnection) -> None:
        length = connection.headers.get("content-length", "")
        if not length.isdecimal():
            raise ApiError(411, "An upload must say how long it is (Content-Length).")
        megabytes = int(length) / 1e6
        shares = self._shares(connection)
        for name, times in shares.items():
            if wait := self._uploaded.wait(name, megabytes / times):
                most = self._limits.upload_mb
                sentence = f"{megabytes:,.1f} MB are more than is left of {most:,} MB an hour"
                raise too_many("upload_mb", sentence, wait)
        for name, times in shares.items():
            self._uploaded.use(name, megabytes / times)
