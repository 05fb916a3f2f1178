"""What browsers open and upload is refused before Streamlit takes it in."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from tfplay.hosting import Limits
from tfplay.server import VisitLimits

GREEDY, PATIENT = ({"cookie": f"a=b; tfplay_visitor={letter * 30}"} for letter in "gp")
UPLOAD = "/_stcore/upload_file/session/file"


async def upload_file(request):
    return PlainTextResponse(str(len(await request.body())))


async def open_tab(socket):
    await socket.accept()
    await socket.receive()


def client(**limits):
    routes = [
        Route("/_stcore/upload_file/{session}/{file}", upload_file, methods=["PUT", "DELETE"]),
        WebSocketRoute("/_stcore/stream", open_tab),
    ]
    return TestClient(VisitLimits(Starlette(routes=routes), Limits(**limits), 0))


def upload(app, headers, size):
    return app.put(UPLOAD, content=bytes(size), headers=headers)


def test_uploads_are_counted_by_visitor_and_a_refusal_names_both_numbers():
    app = client(upload_mb=1)
    assert upload(app, GREEDY, 700_000).text == "700000"
    refused = upload(app, GREEDY, 400_000)
    assert refused.status_code == 429
    assert refused.text.startswith("0.4 MB are more than is left of 1 MB an hour; please try ")
    assert int(refused.headers["Retry-After"]) > 0
    assert upload(app, PATIENT, 700_000).status_code == 200


def test_who_throws_the_cookie_away_uploads_no_more_than_an_address_may():
    app = client(upload_mb=1, visitors_an_address=2)
    cookies = [{"cookie": f"tfplay_visitor={letter * 30}"} for letter in "abc"]
    answers = [upload(app, each, 900_000).status_code for each in cookies]
    assert answers == [200, 200, 429]
    assert upload(app, {}, 900_000).status_code == 429


def test_an_upload_of_unknown_length_is_refused_and_taking_one_back_is_free():
    app = client(upload_mb=1)
    assert app.put(UPLOAD, content=iter([b"x"])).status_code == 411
    assert app.delete(UPLOAD, headers=GREEDY).status_code == 200


def test_tabs_are_counted_while_they_are_open():
    app = client(tabs=2)
    with app.websocket_connect("/_stcore/stream", headers=GREEDY):
        with app.websocket_connect("/_stcore/stream", headers=GREEDY):
            with (
                pytest.raises(WebSocketDenialResponse) as refused,
                app.websocket_connect("/_stcore/stream", headers=GREEDY),
            ):
                pass
            assert refused.value.status_code == 429
            assert refused.value.text.startswith("You have 2 tabs of TFPlay open")
            with app.websocket_connect("/_stcore/stream", headers=PATIENT):
                pass
        with app.websocket_connect("/_stcore/stream", headers=GREEDY):
            pass
