"""POST /v1/chat/completions: a reply, generated while it is sent."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from tfplay import decoding
from tfplay.chat import ChatCompletionChunk, ChatRequest, Completions, join_chunks, read_request
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.hosting import Limits
from tfplay.server.errors import as_api_error, json_response
from tfplay.server.fairness import Buckets, Slots, address_of, too_many
from tfplay.server.models import model_asked
from tfplay.server.requests import read_body, read_json, require_json
from tfplay.server.settings import ApiSettings
from tfplay.store import Model
from tfplay.tasks import TrainedModel

MOST_CONVERSATIONS = 8
"""Of each model, so many are gone on from without computing all of them again."""
MOST_READ_AT_ONCE = 2
"""How many requests are parsed and checked at once, in threads of their own."""
_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]
T = TypeVar("T")


class ChatCompletions:
    """Answers requests for replies; an ASGI application.

    A worker thread computes, one token at a time: the server keeps answering others, and when the
    client is gone nothing more is computed.

    Args:
        load: Loads a model.
        settings: The operator's settings.
        limits: What an address may use where strangers share the server.
    """

    def __init__(
        self,
        load: Callable[[Model], TrainedModel],
        settings: ApiSettings,
        limits: Limits | None = None,
    ):
        self._load = load
        self._settings = settings
        self._slots = Slots(settings.streams)
        self._tokens = Buckets(limits.api_tokens) if limits else None
        self._readers = anyio.CapacityLimiter(MOST_READ_AT_ONCE)
        self._generators = anyio.CapacityLimiter(settings.streams)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        require_json(request)
        try:
            body = await read_body(request, self._settings)
        except ClientDisconnect:
            return
        asked = await anyio.to_thread.run_sync(_read, body, limiter=self._readers)
        address = address_of(request, self._settings.proxies)
        async with anyio.create_task_group() as group:
            group.start_soon(_cancel_when_gone, receive, group.cancel_scope)
            await self._answer(*asked, address, _Sender(scope, receive, send, self._settings))
            group.cancel_scope.cancel()

    async def _answer(
        self, model: Model, request: ChatRequest, address: str, sender: "_Sender"
    ) -> None:
        try:
            async with self._slots.taken(address):
                self._require_tokens(address)  # now: those who waited may have used them meanwhile
                chunks = await self._compute(self._begin, model, request)
                with closing(chunks):
                    if request.stream:
                        await sender.stream(self._each(chunks, address))
                    else:
                        await sender.whole([chunk async for chunk in self._each(chunks, address)])
        except TimeoutError:
            return  # the client does not read: the connection is closed
        except Exception as error:
            await sender.error(error)

    def _begin(self, model: Model, request: ChatRequest) -> Iterator[ChatCompletionChunk]:
        trained = self._load(model)
        return Completions(trained, model.id, _memory(trained)).answer(request)

    def _require_tokens(self, address: str) -> None:
        if self._tokens and (wait := self._tokens.wait(address, 1)):
            most = f"{self._tokens.size:,} tokens"
            raise too_many("api_tokens", f"You were sent more than {most} within a minute", wait)

    async def _each(
        self, chunks: Iterator[ChatCompletionChunk], address: str
    ) -> AsyncIterator[ChatCompletionChunk]:
        while (chunk := await self._compute(next, chunks, None)) is not None:
            if self._tokens:
                self._tokens.use(address, 1)
            yield chunk

    async def _compute(self, work: Callable[..., T], *arguments: Any) -> T:
        return await anyio.to_thread.run_sync(work, *arguments, limiter=self._generators)


def _read(body: bytes) -> tuple[Model, ChatRequest]:
    """The model that is asked, and what it is asked for."""
    asked = read_json(body)
    if "model" not in asked:
        raise InputError("The request has no model; it must be the name of one.")
    name = asked.pop("model")
    if not isinstance(name, str):
        raise InputError(f"model is {quoted(name)}; it must be the name of a model.")
    request = read_request(asked)
    model = model_asked(name)
    return model, request if request.stream else replace(request, include_usage=True)


def _memory(trained: TrainedModel) -> "decoding.Memory":
    """What a model's latest conversations computed: clients send all of it each time."""
    make = partial(decoding.Memory, MOST_CONVERSATIONS)
    return decoding.kept_with(trained.model, "conversations", make)


async def _cancel_when_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


class _Sender:
    """Sends a response to a client, within the time that the client may take to read it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, settings: ApiSettings):
        self._scope = scope
        self._receive = receive
        self._send = send
        self._seconds = settings.seconds
        self._has_begun = False

    async def stream(self, chunks: AsyncIterator[ChatCompletionChunk]) -> None:
        """Sends the events as they come."""
        async for chunk in chunks:
            if not self._has_begun:
                await self._timed(
                    {"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS}
                )
            await self._event(json.dumps(chunk.model_dump()))
        await self._event("[DONE]", is_last=True)

    async def whole(self, chunks: list[ChatCompletionChunk]) -> None:
        """Sends the whole reply at once."""
        response = json_response(join_chunks(chunks).model_dump())
        await response(self._scope, self._receive, self._timed)

    async def error(self, error: Exception) -> None:
        """An error response or, once a response has begun, an event that ends it."""
        told = as_api_error(error)
        if self._has_begun:
            await self._event(json.dumps(told.json()), is_last=True)
        else:
            await told.response()(self._scope, self._receive, self._timed)

    async def _event(self, data: str, is_last: bool = False) -> None:
        body = f"data: {data}\n\n".encode()
        await self._timed({"type": "http.response.body", "body": body, "more_body": not is_last})

    async def _timed(self, message: dict[str, Any]) -> None:
        self._has_begun = True
        with anyio.fail_after(self._seconds):
            await self._send(message)
