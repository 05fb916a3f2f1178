import asyncio
import json
import shutil
import threading
import time

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_path_security_middleware import (
    PathSecurityMiddleware,
)

from tests.jobs.samples import smallest_recipe, write_text
from tests.server.asgi import ask, wait_for
from tfplay.hosting import Limits
from tfplay.server import ApiSettings, OddAddresses, chat_routes
from tfplay.store import SHIPPED, Model, Status, create_run, open_run
from tfplay.trust import UNLIKE

COMPLETIONS = "/v1/chat/completions"
HELLO = [{"role": "user", "content": "Hello!"}]


@pytest.fixture(scope="module")
def app():
    loaded = {}

    def load(model):
        if model.id not in loaded:
            loaded[model.id] = model.load()
        return loaded[model.id]

    return Starlette(routes=chat_routes(load))


@pytest.fixture
def words(monkeypatch):
    """A model that would say "a" for ever, each time when it is let; and how often it did."""
    said = Words()
    monkeypatch.setattr("tfplay.decoding.generate_steps", said.steps)
    return said


class Words:
    def __init__(self):
        self.count = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def steps(self, *_, **__):
        class Step:
            token_ids = np.array([ord("a")])
            logits = np.zeros((1, 200))

        while True:
            self.may_go_on.wait(timeout=60)
            time.sleep(0.005)
            self.count += 1
            yield Step


def events(answer):
    *lines, end = answer.body.decode().strip().split("\n\n")
    assert end == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def test_a_stream_of_events_joins_to_the_whole_reply(app):
    asked = {"model": "chat", "messages": HELLO, "seed": 3, "max_tokens": 11}
    whole = wait_for(ask(app, COMPLETIONS, asked))
    assert (whole.status, whole.headers["content-type"]) == (200, "application/json")
    stream = wait_for(ask(app, COMPLETIONS, asked | {"stream": True}))
    assert stream.headers["content-type"].startswith("text/event-stream")
    *pieces, last = events(stream)
    [choice] = whole.json()["choices"]
    text = "".join(piece["choices"][0]["delta"]["content"] for piece in pieces)
    assert text == choice["message"]["content"]
    assert last["choices"][0]["finish_reason"] == choice["finish_reason"]
    assert whole.json()["usage"]["completion_tokens"] <= 11


def test_a_reply_is_told_with_whether_to_doubt_it(app):
    def doubt(text, **options):
        messages = [{"role": "user", "content": text}]
        asked = {"model": "chat", "messages": messages, "max_tokens": 7, "temperature": 0}
        return wait_for(ask(app, COMPLETIONS, asked | options))

    unfamiliar = "Quarterly dividends plummeted amid regulatory turmoil."
    told = doubt(unfamiliar).json()["tfplay"]
    assert told["judgement"] == UNLIKE
    assert "dividends" in told["unfamiliar"]
    assert 0 < told["certainty"] <= 1
    assert doubt("What is my name?").json()["tfplay"]["judgement"] != UNLIKE
    *pieces, last = events(doubt(unfamiliar, stream=True))
    assert last["tfplay"] == told
    assert not any("tfplay" in piece for piece in pieces)


def test_tokens_are_counted_in_a_stream_if_asked_for(app):
    asked = {"model": "chat", "messages": HELLO, "seed": 3, "stream": True}
    options = {"stream_options": {"include_usage": True}}
    counted = events(wait_for(ask(app, COMPLETIONS, asked | options)))[-1]
    assert counted["choices"] == []
    usage = counted["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def test_an_address_that_was_sent_its_tokens_waits_for_the_next():
    app = Starlette(routes=chat_routes(Model.load, limits=Limits(api_tokens=5)))
    asked = {"model": "chat", "messages": HELLO, "seed": 3, "max_tokens": 11}
    assert wait_for(ask(app, COMPLETIONS, asked)).status == 200
    refused = wait_for(ask(app, COMPLETIONS, asked))
    assert refused.status == 429
    told = "You were sent more than 5 tokens within a minute; please try again in "
    assert refused.json()["error"]["message"].startswith(told)
    assert int(refused.headers["retry-after"]) > 0


def test_two_clients_at_once_get_what_each_would_get_alone(app):
    questions = [
        {
            "model": "chat",
            "messages": [{"role": "user", "content": f"My name is {name}."}],
            "seed": seed,
            "max_tokens": 17,
        }
        for seed, name in enumerate(("Zorimel", "Ada", "Kabir"))
    ]

    async def together():
        return await asyncio.gather(*(ask(app, COMPLETIONS, each) for each in questions))

    alone = [wait_for(ask(app, COMPLETIONS, each)) for each in questions]
    for one, other in zip(alone, wait_for(together()), strict=True):
        assert one.json()["choices"] == other.json()["choices"]


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_client_that_goes_away_ends_the_work(app, words, is_streamed):
    asked = {"model": "chat", "messages": HELLO, "stream": is_streamed, "max_tokens": 1000}

    async def go_away():
        await ask(app, COMPLETIONS, asked, is_gone=lambda: words.count >= 5)
        count = words.count
        await asyncio.sleep(0.1)
        return count, words.count

    count, later = wait_for(go_away())
    assert 5 <= count == later < 1000


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_model_that_fails_midway_is_told_as_an_error_without_its_cause(
    app, monkeypatch, caplog, is_streamed
):
    def steps(*_, **__):
        class Step:
            token_ids = np.array([ord("a")])

        yield Step
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("tfplay.decoding.generate_steps", steps)
    asked = {"model": "chat", "messages": HELLO, "stream": is_streamed}
    answer = wait_for(ask(app, COMPLETIONS, asked))
    assert answer.status == (200 if is_streamed else 500)
    last = answer.body.decode().strip().split("\n\n")[-1].removeprefix("data: ")
    assert json.loads(last)["error"]["type"] == "server_error"
    assert "secret" not in answer.body.decode()
    assert "/secret/path" in caplog.text


def test_the_server_answers_others_while_a_model_computes(app, words):
    words.may_go_on.clear()
    asked = {"model": "chat", "messages": HELLO, "stream": True}

    async def meanwhile():
        waiting = asyncio.create_task(
            ask(app, COMPLETIONS, asked, is_gone=lambda: words.count >= 3)
        )
        answer = await asyncio.wait_for(ask(app, "/v1/models"), timeout=30)
        assert words.count == 0
        words.may_go_on.set()
        await waiting
        return answer

    assert wait_for(meanwhile()).status == 200


def test_the_models_that_one_can_chat_with_are_listed(app):
    ids = {model["id"] for model in wait_for(ask(app, "/v1/models")).json()["data"]}
    assert {"chat", "text"} <= ids
    assert "translator" not in ids


def test_the_run_of_a_visitor_is_not_listed_but_found_by_its_id(app, tfplay_home):
    for name in ("mine", "everybodys"):
        shutil.copytree(SHIPPED / "chat", tfplay_home / "runs" / name)
    open_run("mine").note({"owner": "a secret"})
    ids = {model["id"] for model in wait_for(ask(app, "/v1/models")).json()["data"]}
    assert "everybodys" in ids and "mine" not in ids
    assert wait_for(ask(app, "/v1/models/mine")).json()["id"] == "mine"


@pytest.mark.parametrize(
    ("changes", "status", "named"),
    [
        ({"model": "gpt-4"}, 404, "no model 'gpt-4'"),
        ({"model": "../chat"}, 404, "no model"),
        ({"model": "/etc"}, 404, "no model"),
        ({"model": 5}, 400, "model is 5"),
        ({"model": None}, 400, "model is None"),
        ({"model": "translator"}, 400, "learned translation"),
        ({"messages": None}, 400, "no messages"),
        ({"messages": []}, 400, "no messages"),
        ({"messages": "Hi"}, 400, "must be a list"),
        ({"messages": ["Hi"]}, 400, "Message 1 has the role None"),
        ({"messages": [{"role": "tool", "content": "Hi"}]}, 400, "'tool'"),
        ({"messages": [{"role": "system", "content": "Hi"}]}, 400, "needs one of the user"),
        ({"messages": [{"role": "user", "content": ["Hi"]}]}, 400, "the type 'Hi'"),
        ({"messages": [{"role": "user", "content": 5}]}, 400, "Message 1 has no text"),
        ({"messages": [{"role": "user", "content": "word " * 10_000}]}, 400, "context of"),
        ({"temperature": "hot"}, 400, "temperature is 'hot'"),
        ({"temperature": -1}, 400, "temperature is -1"),
        ({"top_p": 1.5}, 400, "top_p is 1.5"),
        ({"max_tokens": 0}, 400, "max_tokens is 0"),
        ({"max_completion_tokens": 1.5}, 400, "max_completion_tokens is 1.5"),
        ({"seed": "x"}, 400, "seed is 'x'"),
        ({"stop": [""]}, 400, "stop is ['']"),
        ({"stop": 7}, 400, "stop is 7"),
        ({"stream": "yes"}, 400, "stream is 'yes'"),
        ({"stream": True, "stream_options": []}, 400, "stream_options is []"),
        ({"n": 2}, 400, "n is 2"),
        ({"tools": [{"type": "function"}]}, 400, "tools is"),
        ({"temprature": 0.5}, 400, "temprature is 0.5"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(app, changes, status, named):
    asked = {"model": "chat", "messages": HELLO} | changes
    answer = wait_for(ask(app, COMPLETIONS, asked))
    error = answer.json()["error"]
    assert (answer.status, error["type"]) == (status, "invalid_request_error")
    assert named in error["message"] and error["message"].endswith(".")
    assert (error["code"] == "model_not_found") == (status == 404)


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        (b'{"model": "chat", "mess', 400, "is not JSON"),
        (b"\xff\xfe", 400, "is not JSON"),
        (b"[" * 100_000, 400, "nested more than 32 deep"),
        (b'{"n": ' + b"[" * 40 + b"]" * 40 + b"}", 400, "nested more than 32 deep"),
        (b'{"model": "chat", "seed": ' + b"9" * 5000 + b"}", 400, "is not JSON"),
        (b"[1]", 400, "must be a JSON object"),
        (b" " * 262_145, 413, "longer than 262,144 bytes"),
    ],
)
def test_what_is_no_request_is_refused_in_one_sentence(app, body, status, named):
    answer = wait_for(ask(app, COMPLETIONS, body))
    assert answer.status == status
    assert named in answer.json()["error"]["message"]


def test_what_asks_for_nothing_special_is_let_through(app):
    asked = {
        "model": "chat",
        "messages": HELLO,
        "n": 1,
        "user": "me",
        "tools": [],
        "stop": None,
    }
    assert wait_for(ask(app, COMPLETIONS, asked)).status == 200


@pytest.mark.parametrize("path", ["/v1/embeddings", "/v1/chat", "/v1/", "/v1"])
def test_other_addresses_say_what_is_there(app, path):
    answer = wait_for(ask(app, path, {}))
    assert answer.status == 404
    assert "POST /v1/chat/completions" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/v1/models/", "/v1/models/chat/"])
def test_an_address_with_a_slash_at_its_end_is_the_same(app, path):
    assert wait_for(ask(app, path)).body == wait_for(ask(app, path.rstrip("/"))).body


def test_another_method_is_refused_in_json_and_options_tells_what_there_is(app):
    for method in ("PATCH", "DELETE", "GET"):
        answer = wait_for(ask(app, COMPLETIONS, method=method))
        assert (answer.status, answer.headers["allow"]) == (405, "POST")
        assert "takes POST" in answer.json()["error"]["message"]
    answer = wait_for(ask(app, COMPLETIONS, method="OPTIONS"))
    assert (answer.status, answer.headers["allow"], answer.body) == (204, "POST", b"")
    assert wait_for(ask(app, "/v1/models", method="HEAD")).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "application/json; charset=utf-8"}, 200),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": ""}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 200),  # as curl calls its data
        (
            {
                "content_type": "application/x-www-form-urlencoded",
                "origin": "http://localhost:8501",
            },
            415,
        ),
        (
            {"content_type": "application/x-www-form-urlencoded", "sec_fetch_site": "cross-site"},
            415,
        ),
        ({"content_encoding": "gzip"}, 415),
        ({"origin": "http://localhost:8501"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"host": "evil.example", "origin": "http://evil.example"}, 403),
        ({"host": "evil.example"}, 403),
        ({"host": ""}, 403),
    ],
)
def test_only_json_from_this_machine_and_its_pages_is_answered(app, headers, status):
    asked = {"model": "chat", "messages": HELLO, "max_tokens": 1}
    answer = wait_for(ask(app, COMPLETIONS, asked, **headers))
    assert answer.status == status
    assert status == 200 or answer.json()["error"]["message"].endswith(".")


def test_a_trusted_page_may_read_the_answer_and_asks_first(app):
    page = {"origin": "http://localhost:3000"}
    wanted = {
        "access_control_request_method": "POST",
        "access_control_request_headers": "content-type",
    }
    answer = wait_for(ask(app, COMPLETIONS, method="OPTIONS", **page, **wanted))
    assert answer.headers["access-control-allow-headers"] == "content-type"
    assert wait_for(ask(app, "/v1/models", **page)).headers["access-control-allow-origin"] == "*"
    foreign = wait_for(ask(app, COMPLETIONS, method="OPTIONS", origin="http://a.example", **wanted))
    assert foreign.status == 403
    assert "access-control-allow-origin" not in foreign.headers


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/chat", COMPLETIONS, "/v1/nothing"])
def test_with_a_key_nothing_is_told_without_it(path):
    app = Starlette(routes=chat_routes(None, ApiSettings(key="sésame")))
    for given in ("", "Bearer", "Bearer wrong", "Basic sésame", "Bearer sésame2"):
        answer = wait_for(ask(app, path, authorization=given))
        assert answer.status == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "invalid_api_key"
        assert "sésame" not in answer.body.decode()
    answer = wait_for(ask(app, "/v1/models/chat", authorization="bearer sésame"))
    assert answer.status == 200


def test_who_asks_too_often_waits_and_others_do_not(app):
    app = Starlette(routes=chat_routes(None, ApiSettings(requests_a_minute=3, proxies=1)))
    for visitor in ("198.51.100.1", "198.51.100.2"):
        asked = [
            wait_for(ask(app, "/v1/models/chat", x_forwarded_for=f"203.0.113.{n}, {visitor}"))
            for n in range(4)
        ]
        assert [each.status for each in asked] == [200, 200, 200, 429]
        assert asked[-1].json()["error"]["code"] == "rate_limit_exceeded"
        assert int(asked[-1].headers["retry-after"]) in range(1, 21)


@pytest.mark.parametrize(
    "path",
    ["/v1/../etc/passwd", "/v1/models/..", "/v1/models/a\\..\\b", "/v1/models/chat\0", "/v1/\0"],
)
def test_addresses_that_streamlit_refuses_are_answered_as_all_others(path):
    def served(settings):
        routes = chat_routes(None, settings)
        door = [Middleware(OddAddresses, routes), Middleware(PathSecurityMiddleware)]
        return Starlette(routes=routes, middleware=door)

    answer = wait_for(ask(served(ApiSettings()), path))
    assert answer.status == 404
    assert answer.json()["error"]["message"].startswith("There is no ")
    assert wait_for(ask(served(ApiSettings(is_on=False)), path)).status == 403
    elsewhere = wait_for(ask(served(ApiSettings()), path.replace("/v1/", "/static/")))
    assert elsewhere.body == b"Bad Request"


def test_switched_off_everything_is_refused():
    app = Starlette(routes=chat_routes(None, ApiSettings(is_on=False)))
    for path in ("/v1/models", "/v1", "/v1/nothing"):
        answer = wait_for(ask(app, path))
        assert answer.status == 403
        assert "TFPLAY_API" in answer.json()["error"]["message"]


def test_a_model_that_is_still_being_trained_is_told_so(app, tmp_path):
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)
    with run.hold():
        run.write_status(Status("running", "Training 13 parameters."))
        answer = wait_for(ask(app, COMPLETIONS, {"model": run.id, "messages": HELLO}))
    assert answer.status == 404
    told = f"The model '{run.id}' cannot be used yet: it is still being trained, until step 3"
    assert answer.json()["error"]["message"].startswith(told)


def test_a_model_that_does_not_converse_is_not_shown(app):
    answer = wait_for(ask(app, "/v1/models/translator"))
    assert answer.status == 404
    assert "translator" in answer.json()["error"]["message"]
