"""An application asked without a network."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from starlette.types import ASGIApp


class Answer(NamedTuple):
    """What an application sent."""

    status: int
    """0 if nothing was sent."""
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


HEADERS = {"host": "localhost:8501", "content-type": "application/json"}


def wait_for(work: Coroutine) -> Any:
    """Its result. In this thread Playwright keeps a loop running once a browser was there."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def ask(
    app: ASGIApp,
    path: str,
    content: Any = None,
    is_gone: Callable[[], bool] = lambda: False,
    method: str | None = None,
    **headers: str,
) -> Answer:
    """Sends a GET, or with content a POST of it as JSON, or as it is if it is bytes.

    Args:
        app: Who is asked.
        path: Where.
        content: The request's.
        is_gone: Whether the client has gone away.
        method: Another one.
        **headers: Instead of those of a program on this machine that sends JSON; one that is empty
            is not sent, and `_` stands for `-`.
    """
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    parts: list[dict] = []
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict:
        for message in asked:
            return message
        while not is_gone():
            await asyncio.sleep(0.001)
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        parts.append(message)

    sent = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": method or ("GET" if content is None else "POST"),
        "path": path,
        "query_string": b"",
        "client": ("192.0.2.7", 50000),
        "server": ("192.0.2.1", 8501),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
    }
    await app(scope, receive, send)
    if not parts:  # the client went away before there was an answer
        return Answer(0, {}, b"")
    headers = {name.decode(): value.decode() for name, value in parts[0]["headers"]}
    return Answer(parts[0]["status"], headers, b"".join(part["body"] for part in parts[1:]))
