"""The addresses under /v1, as the common client library of chat models knows them."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from tfplay.errors import InputError
from tfplay.server.requests import read_request
from tfplay.store import Run, find_run, list_runs, list_shipped

if TYPE_CHECKING:  # Keras takes seconds to import, and the server starts without
    from tfplay.chat import ChatCompletionChunk
    from tfplay.decoding import Memory
    from tfplay.tasks import TrainedModel

MOST_BYTES = 1_000_000
MOST_CONVERSATIONS = 8


class UnknownModelError(InputError):
    """There is no model of this name."""


def chat_routes(load: Callable[[Run], "TrainedModel"]) -> list[BaseRoute]:
    """What a server needs so that the common client library can chat with our models.

    A model is computed with in a worker thread, one token at a time: the server goes on serving,
    and with the client gone nothing is computed any more.

    Args:
        load: Loads a run's model.

    Example:
        >>> app = Starlette(routes=chat_routes(Run.load))
    """

    async def complete(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                return _error(f"The request is longer than {MOST_BYTES:,} bytes.", 413)
        try:
            return await run_in_threadpool(_answer, body, load)
        except InputError as error:
            return _refusal(error)

    return [
        Mount(
            "/v1",
            routes=[
                Route("/chat/completions", complete, methods=["POST"]),
                Route("/models", _list_models),
                Route("/models/{model}", _show_model),
                Route("/{path:path}", _nothing_here, methods=["GET", "POST", "PUT", "DELETE"]),
            ],
        )
    ]


def _answer(body: bytes, load: Callable[[Run], "TrainedModel"]) -> Response:
    """Begins the reply; it is generated while the response is sent."""
    from tfplay.chat import Completions

    model, settings = read_request(body)
    run = _find(model)
    is_streamed = settings.get("stream", False)
    if not is_streamed:
        settings |= {"stream_options": {"include_usage": True}}
    completions = Completions(load(run), run.id, _memory())
    chunks = completions.create(**settings | {"stream": True})
    if is_streamed:
        return StreamingResponse(_events(chunks), media_type="text/event-stream")
    return StreamingResponse(_whole(chunks), media_type="application/json")


@cache
def _memory() -> "Memory":
    """What the latest conversations computed: clients send the whole conversation each time."""
    from tfplay.decoding import Memory

    return Memory(MOST_CONVERSATIONS)


def _events(chunks: "Iterator[ChatCompletionChunk]") -> Iterator[str]:
    for chunk in chunks:
        yield f"data: {json.dumps(chunk.model_dump())}\n\n"
    yield "data: [DONE]\n\n"


def _whole(chunks: "Iterator[ChatCompletionChunk]") -> Iterator[str]:
    from tfplay.chat import join_chunks

    kept = []
    for chunk in chunks:
        kept.append(chunk)
        yield ""  # nothing is sent, but it is seen whether the client is still there
    yield json.dumps(join_chunks(kept).model_dump())


def _list_models(request: Request) -> Response:
    """What came with TFPlay and what is nobody's; a visitor's run is asked for by its id."""
    from tfplay.chat import TASKS

    runs = [run for run in list_runs() if run.owner is None and run.is_usable]
    models = [_model(run) for run in (*list_shipped(), *runs) if run.recipe.task in TASKS]
    return _json({"object": "list", "data": models})


def _show_model(request: Request) -> Response:
    try:
        return _json(_model(_find(request.path_params["model"])))
    except UnknownModelError as error:
        return _refusal(error)


def _nothing_here(request: Request) -> Response:
    return _error(
        f"There is no {request.method} {request.url.path} here; there is POST "
        "/v1/chat/completions and GET /v1/models.",
        404,
    )


def _find(model: str) -> Run:
    run = find_run(model)
    if run is None or not run.is_usable:
        raise UnknownModelError(
            f"There is no model {model!r:.80} here; it must be one that GET /v1/models names, or "
            "the id of a run."
        )
    return run


def _model(run: Run) -> dict[str, Any]:
    created = int(run.created.timestamp())
    return {"id": run.id, "object": "model", "created": created, "owned_by": "tfplay"}


def _refusal(error: InputError) -> Response:
    if isinstance(error, UnknownModelError):
        return _error(str(error), 404, "model_not_found")
    return _error(str(error), 400)


def _error(message: str, status: int, code: str | None = None) -> Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return _json({"error": error}, status)


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(content), status, media_type="application/json")
