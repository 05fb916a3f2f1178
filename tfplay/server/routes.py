"""The addresses under /v1, as the common client library of chat models knows them."""

import hmac
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.hosting import Limits
from tfplay.server.completions import ChatCompletions
from tfplay.server.errors import (
    ApiError,
    answer_api_error,
    answer_unknown_route,
)
from tfplay.server.fairness import Buckets, address_of, too_many
from tfplay.server.models import list_models, show_model
from tfplay.server.settings import ApiSettings
from tfplay.server.trust import Trust
from tfplay.store import Model
from tfplay.tasks import TrainedModel


def chat_routes(
    load: Callable[[Model], TrainedModel],
    settings: ApiSettings | None = None,
    trust: Callable[[], Trust] = Trust,
    limits: Limits | None = None,
) -> list[BaseRoute]:
    """The routes with which the common client library can chat with our models.

    Args:
        load: Loads a model.
        settings: The operator's settings; the defaults if not given.
        trust: Returns whom the operator trusts in addition to this machine; called at each request.
        limits: What an address may use where strangers share the server.

    Example:
        >>> app = Starlette(routes=chat_routes(Model.load))
    """
    settings = settings or ApiSettings()
    door = [
        Middleware(Guard, check=_is_on(settings)),
        Middleware(Guard, check=_is_trusted(trust)),
        Middleware(
            CORSMiddleware,  # for trusted pages only; the check stops others
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=["Retry-After"],
        ),
        Middleware(Guard, check=_has_tokens(settings)),
        Middleware(Guard, check=_has_key(settings)),
    ]
    api = Starlette(
        routes=[
            Route("/chat/completions", ChatCompletions(load, settings, limits), methods=["POST"]),
            Route("/models", list_models),
            Route("/models/{model:path}", show_model),
        ],
        middleware=door,
        exception_handlers={
            HTTPException: answer_unknown_route,
            ApiError: answer_api_error,
            InputError: answer_api_error,
            Exception: answer_api_error,
        },
    )
    app = WithoutSlash(api)
    return [Route("/v1", app), Mount("/v1", app)]


class OddAddresses:
    """Middleware that lets /v1 answer also those of its addresses that no file could have.

    Streamlit refuses what has `..` or a zero byte in it before any route is asked, and in words
    that the client library does not understand.

    Args:
        app: The app to be served.
        routes: The result of `chat_routes`.
    """

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]):
        self._app = app
        self._api = Router(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        is_odd = "\0" in path or ".." in path.replace("\\", "/").split("/")
        app = self._api if is_odd and path.startswith("/v1/") else self._app
        await app(scope, receive, send)


class WithoutSlash:
    """An application that treats /models/ as /models."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope | {"path": scope["path"].rstrip("/")}, receive, send)


class Guard:
    """Puts a check before an application.

    Args:
        app: The application that answers.
        check: Raises an `ApiError` for what is not to be answered.
    """

    def __init__(self, app: ASGIApp, check: Callable[[Request], None]):
        self._app = app
        self._check = check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        try:
            self._check(Request(scope))
        except ApiError as error:
            app = error.response()
        await app(scope, receive, send)


def _is_on(settings: ApiSettings) -> Callable[[Request], None]:
    def check(request: Request) -> None:
        if not settings.is_on:
            raise ApiError(403, "This server does not offer /v1; TFPLAY_API=on would.", "off")

    return check


def _is_trusted(trust: Callable[[], Trust]) -> Callable[[Request], None]:
    def check(request: Request) -> None:
        host, origin = request.headers.get("host"), request.headers.get("origin")
        server = request.scope.get("server")
        own = server[0] if server else None
        trusted = trust()
        if not trusted.has_host(host, own):
            raise ApiError(
                403,
                f"Host is {quoted(host)}; to be asked by this name, it must stand in "
                "server.allowedHosts or browser.serverAddress of Streamlit's settings.",
                "host_not_allowed",
            )
        if not trusted.has_origin(origin, host, own):
            raise ApiError(
                403,
                f"Origin is {quoted(origin)}; for its pages to be answered, it must stand in "
                "server.corsAllowedOrigins of Streamlit's settings.",
                "origin_not_allowed",
            )

    return check


def _has_tokens(settings: ApiSettings) -> Callable[[Request], None]:
    most = settings.requests_a_minute
    buckets = Buckets(most)

    def check(request: Request) -> None:
        if not most:
            return
        address = address_of(request, settings.proxies)
        if wait := buckets.wait(address, 1):
            sentence = f"You have sent more than {most:,} requests within a minute"
            raise too_many("api_requests", sentence, wait)
        buckets.use(address, 1)

    return check


def _has_key(settings: ApiSettings) -> Callable[[Request], None]:
    key = settings.key.encode()

    def check(request: Request) -> None:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        is_right = hmac.compare_digest(given.strip().encode("latin-1"), key)
        if key and not (is_right and kind.lower() == "bearer"):
            what = "Incorrect API key provided" if given else "You did not provide an API key"
            raise ApiError(
                401,
                f"{what}; it must be sent as 'Authorization: Bearer KEY'.",
                "invalid_api_key",
                {"WWW-Authenticate": "Bearer"},
            )

    return check
