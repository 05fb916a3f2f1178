"""What a client sends, read within limits."""

import asyncio
import json
from typing import Any

from starlette.requests import Request

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.server.errors import ApiError
from tfplay.server.settings import ApiSettings

MOST_DEPTH = 32
MOST_DISCARDED = 32_000_000
"""How many bytes of a request that is too long are read: a client still sending hears nothing."""


def require_json(request: Request) -> None:
    """Raises an `ApiError` unless the body is said to be JSON.

    A page of another site can send content declared as JSON only if the browser asks us first. The
    type that curl declares by default is accepted if no browser sent it.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_page = "origin" in request.headers or "sec-fetch-site" in request.headers
    is_curl = kind == "application/x-www-form-urlencoded" and not is_page
    if kind != "application/json" and not is_curl:
        raise ApiError(415, f"Content-Type is {quoted(kind)}; it must be 'application/json'.")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise ApiError(415, f"Content-Encoding is {quoted(coding)}; it must be left out.")


async def read_body(request: Request, settings: ApiSettings) -> bytes:
    """Reads the whole body.

    Raises:
        ApiError: It is too long, or too slow.
        ClientDisconnect: The client went away.
    """
    try:
        async with asyncio.timeout(settings.seconds):
            return await _read(request, settings.most_bytes)
    except TimeoutError as error:
        raise ApiError(
            408,
            f"The request was not complete after {settings.seconds} s.",
            headers={"Connection": "close"},
        ) from error


async def _read(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    is_long = declared.isdecimal() and int(declared) > most
    if is_long and request.headers.get("expect", "").lower() == "100-continue":
        raise _too_long(most)  # the client waits for permission to send
    body, length = bytearray(), 0
    async for part in request.stream():
        length += len(part)
        is_long = is_long or length > most
        if is_long:
            body.clear()
        else:
            body += part
        if length > MOST_DISCARDED:
            break
    if is_long:
        raise _too_long(most)
    return bytes(body)


def _too_long(most: int) -> ApiError:
    message = f"The request is longer than {most:,} bytes."
    return ApiError(413, message, headers={"Connection": "close"})


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object that a client sent.

    Raises:
        InputError: It is none, or nested too deep.
    """
    try:
        asked = json.loads(body)
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise InputError(f"The request is not JSON: {error}.") from error
    if not isinstance(asked, dict):
        raise InputError(f"The request is {quoted(asked)}; it must be a JSON object.")
    if _depth(asked) > MOST_DEPTH:
        raise _too_deep()
    return asked


def _too_deep() -> InputError:
    return InputError(f"The request has lists or objects nested more than {MOST_DEPTH} deep.")


def _depth(value: Any) -> int:
    """How deep lists and objects are nested in each other."""
    depth, level = 0, [value]
    while nests := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = []
        for nest in nests:
            level.extend(nest.values() if isinstance(nest, dict) else nest)
    return depth
