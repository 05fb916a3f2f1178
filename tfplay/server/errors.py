"""Errors as the common client library knows them."""

import json
import logging
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tfplay.errors import InputError

LOG = logging.getLogger(__name__)
FAILED = "The model failed while it wrote this reply; the server's log says why."
_TYPES = {429: "requests", 500: "server_error", 503: "server_error"}


class ApiError(Exception):
    """A request is refused; the client gets the reason.

    Args:
        status: Status of the response.
        message: One sentence.
        code: A name for programs.
        headers: Headers of the response.
    """

    def __init__(
        self,
        status: int,
        message: str,
        code: str | None = None,
        headers: dict[str, str] | None = None,
    ):
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers

    def json(self) -> dict[str, Any]:
        """The error in the form that the common client library reads."""
        kind = _TYPES.get(self.status, "invalid_request_error")
        return {"error": {"message": str(self), "type": kind, "param": None, "code": self.code}}

    def response(self) -> Response:
        """The response that the client gets."""
        return json_response(self.json(), self.status, self.headers)


def json_response(
    content: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """A response with JSON, all of it in ASCII."""
    return Response(json.dumps(content), status, headers, media_type="application/json")


def as_api_error(error: Exception) -> ApiError:
    """What a client learns of an error; internal errors are only logged."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, InputError):
        return ApiError(400, str(error))
    LOG.error("A request to /v1 failed", exc_info=error)
    return ApiError(500, FAILED)


def answer_api_error(request: Request, error: Exception) -> Response:
    """The handler for whatever a route raises, as Starlette wants it."""
    return as_api_error(error).response()


def answer_unknown_route(request: Request, error: Exception) -> Response:
    """The handler for unknown addresses and methods, as Starlette wants it."""
    assert isinstance(error, HTTPException)
    asked = f"{request.method} {request.url.path:.200}"
    allowed = (error.headers or {}).get("Allow", "")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allowed})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = f"There is no {asked} here; this address takes {allowed}."
    else:
        message = (
            f"There is no {asked} here; there is POST /v1/chat/completions and GET /v1/models."
        )
    return ApiError(error.status_code, message, headers=dict(error.headers or {})).response()
