"""Headers of every response that tell the browser what it must not do."""

import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tfplay.cutting import quoted
from tfplay.errors import InputError

_FAILED = PlainTextResponse("Internal Server Error", 500)
_SOURCES = re.compile(r"[\w.:/*\[\]-]+|'self'|'none'", re.ASCII)


class SafetyHeaders:
    """Middleware that adds the headers to every response: pages, files, /v1, errors.

    - `X-Content-Type-Options: nosniff`: a file is what it is said to be, not what it looks like.
    - `Referrer-Policy: same-origin`: an address may name a run or a conversation, which is for
      those who were given it; no other site learns it.
    - `Content-Security-Policy: frame-ancestors ...`: which sites may show the app in a frame.

    Args:
        app: The app to be served.
        frame_ancestors: The result of `read_frame_ancestors`.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: str):
        self._app = app
        self._headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Content-Security-Policy": f"frame-ancestors {frame_ancestors}",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    if name == "Content-Security-Policy":
                        headers.append(name, value)  # what Streamlit forbids stays forbidden
                    else:
                        headers[name] = value
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:  # the server's own page would go out without the headers
            if scope["type"] == "http" and not has_begun:
                await _FAILED(scope, receive, send_with_headers)
            raise


def read_frame_ancestors(environment: Mapping[str, str]) -> str:
    """Which sites may show the app in a frame: `TFPLAY_FRAME_ANCESTORS`; without it, only itself.

    Raises:
        InputError: It is no list of sites.

    Example:
        >>> read_frame_ancestors({"TFPLAY_FRAME_ANCESTORS": "'self' https://lms.example.org"})
        "'self' https://lms.example.org"
    """
    sources = environment.get("TFPLAY_FRAME_ANCESTORS", "").split() or ["'self'"]
    for source in sources:
        if not _SOURCES.fullmatch(source):
            raise InputError(
                f"TFPLAY_FRAME_ANCESTORS has {quoted(source)}; it must be a list of sites with "
                "spaces between them, such as 'self' https://lms.example.org."
            )
    return " ".join(sources)
