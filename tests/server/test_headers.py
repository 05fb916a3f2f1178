"""Headers that every response has, also one that nobody meant to send."""

import pytest
from starlette.responses import PlainTextResponse

from tests.server.asgi import ask, wait_for
from tfplay.server import SafetyHeaders


async def greet(scope, receive, send):
    await PlainTextResponse("Hello")(scope, receive, send)


async def fail(scope, receive, send):
    raise ZeroDivisionError


async def fail_late(scope, receive, send):
    await greet(scope, receive, send)
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("app", "status", "body"),
    [
        (greet, 200, b"Hello"),
        (fail, 500, b"Internal Server Error"),
        (fail_late, 200, b"Hello"),
    ],
)
def test_every_response_has_them_and_an_error_goes_on_to_the_log(app, status, body):
    logged = []

    async def server(scope, receive, send):
        try:
            await SafetyHeaders(app, "'self'")(scope, receive, send)
        except ZeroDivisionError as error:
            logged.append(error)

    answer = wait_for(ask(server, "/"))
    assert (answer.status, answer.body) == (status, body)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert len(logged) == (app is not greet)
