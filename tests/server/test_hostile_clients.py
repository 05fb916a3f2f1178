"""The running app, asked by clients that mean no good, and by one that watches its health."""

import json
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from subprocess import PIPE
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.browser.app_server import running_app

SECONDS = 3
HELLO = {"model": "chat", "messages": [{"role": "user", "content": "Hello!"}]}
HEAD = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TFPLAY_API_SECONDS", str(SECONDS))
        patched.setenv("TFPLAY_API_RATE", "0")
        with running_app(tmp_path_factory.mktemp("home")) as address:
            for model in ("chat", "text"):  # what is loaded and compiled once
                body = json.dumps(HELLO | {"model": model, "max_tokens": 3}).encode()
                assert post(address, body)[0] == 200
            yield address


def post(address: str, body: bytes) -> tuple[int, dict]:
    headers = {"Content-Type": "application/json"}
    request = Request(f"{address}/v1/chat/completions", body, headers)
    try:
        with urlopen(request, timeout=300) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def said(text: str) -> bytes:
    messages = [{"role": "user", "content": text}]
    return json.dumps({"model": "chat", "messages": messages}, ensure_ascii=False).encode()


WATCH = """
import sys, threading, time
from urllib.request import urlopen

is_over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), is_over.set()), daemon=True).start()
longest = 0
while not is_over.is_set():
    begin = time.perf_counter()
    urlopen(sys.argv[1], timeout=60).close()
    longest = max(longest, time.perf_counter() - begin)
    time.sleep(0.02)
print(longest)
"""
"""In a process of its own, which the threads of the hostile clients do not slow down."""


@contextmanager
def healthy_meanwhile(address: str) -> Iterator[None]:
    """Fails if the health check takes a second at any time."""
    command = [sys.executable, "-c", WATCH, f"{address}/_stcore/health"]
    watch = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True)
    try:
        yield
    finally:
        longest, _ = watch.communicate()
    assert float(longest) < 1, f"the health check took {float(longest):.2f} s"


def connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname, parts.port), timeout=30)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (said("e" + "\u0301" * 80_000), 400),
        (said("\u0315\u0300" * 40_000), 400),
        (said("\u0b95" * 80_000), 400),
        (said("a" * 200_000), 400),
        (b"[" * 200_000, 400),
        (b'{"a":' + b"[]," * 60_000 + b"1}", 400),
        (said("a" * 1_000_000), 413),
        (b" " * 4_000_000, 413),
    ],
    ids=["accents", "two orders", "vowel-less", "long", "deep", "no JSON", "1 MB", "4 MB"],
)
def test_a_hostile_request_is_refused_while_the_server_stays_healthy(address, body, status):
    with healthy_meanwhile(address), ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: post(address, body), range(8)))
    assert [each for each, _ in answers] == [status] * 8
    assert all(told["error"]["message"].endswith(".") for _, told in answers)


def test_a_long_conversation_is_answered_by_its_end(address):
    """What lies far back is too long to be read, and is not."""
    far_back = {"role": "user", "content": "\u0301" * 100_000}
    messages = [far_back, {"role": "assistant", "content": "Oh."}, *HELLO["messages"]]
    with healthy_meanwhile(address):
        status, answer = post(
            address, json.dumps(HELLO | {"messages": messages}, ensure_ascii=False).encode()
        )
    assert status == 200
    assert answer["usage"]["prompt_tokens"] < 20


def test_stops_that_are_almost_met_cost_next_to_nothing(address):
    stops = ["a" * 255 + str(number) for number in range(4)]
    asked = HELLO | {"stop": stops, "model": "text", "max_tokens": 64}
    with healthy_meanwhile(address):
        assert post(address, json.dumps(asked).encode())[0] == 200


def test_two_hundred_at_once_are_answered_or_told_to_wait(address):
    body = json.dumps(HELLO | {"max_tokens": 8}).encode()
    with healthy_meanwhile(address), ThreadPoolExecutor(200) as pool:
        statuses = Counter(
            status for status, _ in pool.map(lambda _: post(address, body), range(200))
        )
    assert set(statuses) <= {200, 503}
    assert statuses[200] >= 4


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("", b""),
        ("POST /v1/chat/comple", b""),
        (HEAD, b""),
        (f"{HEAD}Content-Length: 100\r\n\r\n{{", b"408"),
    ],
    ids=["nothing", "half a line", "half a head", "half a body"],
)
def test_whoever_sends_half_and_waits_is_cut_off(address, sent, answered):
    with closing(connect(address)) as connection, healthy_meanwhile(address):
        connection.sendall(sent.encode())
        begin = time.monotonic()
        received = b""
        with suppress(ConnectionResetError):  # is cut off, too
            while part := connection.recv(4096):
                received += part
        assert SECONDS * 0.5 < time.monotonic() - begin < SECONDS + 6
    assert answered in received


def test_a_body_that_drips_does_not_hold_its_place(address):
    with closing(connect(address)) as connection:
        connection.sendall(f"{HEAD}Content-Length: 1000\r\n\r\n".encode())
        begin = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011 - reset or broken, as the system calls it
            while time.monotonic() - begin < SECONDS + 10:
                connection.sendall(b" ")
                time.sleep(0.2)
    assert time.monotonic() - begin < SECONDS + 6


def test_slow_bodies_keep_nobody_from_an_answer(address):
    slow = [connect(address) for _ in range(100)]
    for connection in slow:
        connection.sendall(f"{HEAD}Content-Length: 1000\r\n\r\n{{".encode())
    with healthy_meanwhile(address):
        assert post(address, json.dumps(HELLO).encode())[0] == 200
    for connection in slow:
        connection.close()


def test_whoever_leaves_stops_the_work_and_frees_its_place(address):
    """As many as are served at once leave in the middle; the next is answered at once."""
    asked = HELLO | {"model": "text", "max_tokens": 2000, "stream": True, "temperature": 0}
    body = json.dumps(asked)
    for _ in range(2):
        gone = [connect(address) for _ in range(8)]
        for connection in gone:
            connection.sendall(f"{HEAD}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        assert b"200 OK" in gone[0].recv(4096)
        for connection in gone:
            connection.close()
    begin = time.monotonic()
    assert post(address, json.dumps(HELLO | {"max_tokens": 1}).encode())[0] == 200
    assert time.monotonic() - begin < 5


def test_whoever_asks_and_never_reads_keeps_nobody_from_an_answer(address):
    asked = HELLO | {"model": "text", "max_tokens": 2000, "stream": True, "temperature": 0}
    body = json.dumps(asked)
    silent = [connect(address) for _ in range(8)]
    for connection in silent:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        connection.sendall(f"{HEAD}Content-Length: {len(body)}\r\n\r\n{body}".encode())
    with healthy_meanwhile(address):
        deadline = time.monotonic() + 30
        while post(address, json.dumps(HELLO | {"max_tokens": 1}).encode())[0] != 200:
            assert time.monotonic() < deadline
            time.sleep(0.5)
    for connection in silent:
        connection.close()
