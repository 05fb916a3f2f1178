"""A visitor who tries to take everything, beside one who waits for a turn."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import InvalidStatus

from tests.browser.app_server import running_app
from tests.jobs.processes import wait_until
from tests.websocket_visitor import Visitor
from tfplay.jobs.queue import JobQueue
from tfplay.recipes import default_recipe
from tfplay.recipes.text import recipe_to_query, with_corpus
from tfplay.store import list_runs
from tfplay.store.digest import digest

pytestmark = pytest.mark.browser

LIMITS = {
    "TFPLAY_HOSTED": "1",
    "TFPLAY_HOSTED_API_TOKENS": "40",
    "TFPLAY_HOSTED_STEPS": "1000",
    "TFPLAY_HOSTED_TABS": "3",
    "TFPLAY_HOSTED_UPLOAD_MB": "1",
    "TFPLAY_HOSTED_WAITING_JOBS": "1",
}
GREEDY, PATIENT = "g" * 30, "p" * 30


def link_to_train(steps):
    """The query of an address that opens Train with so many steps on the first sample."""
    recipe = default_recipe("translation", "data", "small").with_changes({"steps": steps})
    return urlencode(recipe_to_query(with_corpus(recipe, "dates")))


@pytest.fixture
def hosted(tfplay_home, monkeypatch):
    for name, value in LIMITS.items():
        monkeypatch.setenv(name, value)
    with running_app(tfplay_home) as address:
        yield address


def status_of(request):
    try:
        with urlopen(request, timeout=120) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


def upload_again_and_again(address):
    place, cookie = f"{address}/_stcore/upload_file/a/b", {"Cookie": f"tfplay_visitor={GREEDY}"}
    uploads = [Request(place, bytes(400_000), cookie, method="PUT") for _ in range(10)]
    return Counter(map(status_of, uploads))


def ask_all_at_once(address, times):
    message = {"role": "user", "content": "Hello!"}
    body = json.dumps({"model": "chat", "messages": [message], "max_tokens": 30}).encode()
    kind = {"Content-Type": "application/json"}
    asked = Request(f"{address}/v1/chat/completions", body, kind)
    with ThreadPoolExecutor(times) as pool:
        return Counter(pool.map(status_of, [asked] * times))


def test_a_greedy_visitor_is_refused_in_sentences_and_a_patient_one_is_next(hosted, tfplay_home):
    with ExitStack() as open_tabs:
        greedy, *_ = [open_tabs.enter_context(Visitor(hosted, GREEDY)) for _ in range(3)]
        with pytest.raises(InvalidStatus) as refused:
            open_tabs.enter_context(Visitor(hosted, GREEDY))
        assert b"You have 3 tabs of TFPlay open" in refused.value.response.body

        greedy.open("")  # a new server knows its pages once one was opened
        shown = greedy.press("train", link_to_train(10**9), "Train")  # grey in a browser
        assert any("1,000,000,000 steps of a training" in each for each in shown.texts)
        assert list_runs() == []

        pressed = [greedy.press("train", link_to_train(1000), "Train")]
        wait_until(lambda: JobQueue(tfplay_home).jobs()[0].pid)
        pressed += [greedy.press("train", link_to_train(1000), "Train") for _ in range(4)]
        told = [each for shown in pressed for each in shown.texts if each.startswith("You have")]
        assert told == ["You have 1 of at most 1 trainings waiting here\\."] * 3
        assert len(list_runs()) == 2

        uploads = upload_again_and_again(hosted)
        assert uploads[429] >= 8
        answers = ask_all_at_once(hosted, 8)
        assert answers[429] > 0

        patient = open_tabs.enter_context(Visitor(hosted, PATIENT))
        assert patient.open("").errors == []
        patient.press("train", link_to_train(1000), "Train")
        turns = [job.owner for job in JobQueue(tfplay_home).turns()]
        assert turns == [digest(PATIENT), digest(GREEDY)]
