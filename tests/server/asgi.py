"""An application asked without a network."""

import asyncio
import json
from typing import Any, NamedTuple

from starlette.types import ASGIApp


class Answer(NamedTuple):
    """What an application sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


HEADERS = {"host": "localhost:8501", "content-type": "application/json"}


async def ask(
    app: ASGIApp,
    path: str,
    content: Any = None,
    parts_until_gone: int | None = None,
    method: str | None = None,
    **headers: str,
) -> Answer:
    """Sends a GET, or with content a POST of it as JSON, or as it is if it is bytes.

    Args:
        app: Who is asked.
        path: Where.
        content: The request's.
        parts_until_gone: The client goes away after so many parts of the answer.
        method: Another one.
        **headers: Instead of those of a program on this machine that sends JSON; one that is empty
            is not sent, and `_` stands for `-`.
    """
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    parts: list[dict] = []
    is_gone = asyncio.Event()
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict:
        for message in asked:
            return message
        await is_gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        parts.append(message)
        if len(parts) - 1 == parts_until_gone:
            is_gone.set()

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
    headers = {name.decode(): value.decode() for name, value in parts[0]["headers"]}
    return Answer(parts[0]["status"], headers, b"".join(part["body"] for part in parts[1:]))
