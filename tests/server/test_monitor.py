"""What an operator's machines are told: is all well, and how much of everything there is."""

import json
import logging
import re
from collections import namedtuple

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from tfplay.counters import PAGE_SECONDS, REGISTRY, TOKENS
from tfplay.errors import InputError
from tfplay.hosting import LimitError
from tfplay.jobs.local import SUPERVISOR_LOCK
from tfplay.jobs.queue import JobQueue
from tfplay.jobs.supervisor import HEARTBEAT
from tfplay.server import MonitorAddress
from tfplay.server.logs import JsonLines, set_up_logs
from tfplay.server.monitor import HomeCollector, monitor_app
from tfplay.store.lock import hold
from tfplay.store.visitors import Visitors


@pytest.fixture
def monitor():
    return TestClient(monitor_app())


@pytest.fixture
def queue(tfplay_home):
    return JobQueue(tfplay_home)


def unwell(monitor):
    answer = monitor.get("/healthz")
    reasons = answer.json()["unwell"]
    assert answer.status_code == (503 if reasons else 200)
    return reasons


def test_a_new_server_is_well(monitor):
    assert unwell(monitor) == []


def test_a_damaged_queue_is_told(monitor, queue):
    queue.add(queue.folder / "runs" / "a")
    queue.path.write_bytes(b"no database" * 200)
    [reason] = unwell(monitor)
    assert "file is not a database" in reason


def test_a_training_that_waits_without_a_supervisor_is_told_once_one_should_be_there(
    monitor, queue, monkeypatch
):
    queue.add(queue.folder / "runs" / "a")
    assert unwell(monitor) == []
    monkeypatch.setattr("tfplay.server.health.SECONDS_TO_START", 0)
    [reason] = unwell(monitor)
    assert reason.endswith("and there is no supervisor.")


def test_a_frozen_supervisor_is_told(monitor, queue, monkeypatch):
    queue.add(queue.folder / "runs" / "a")
    (queue.folder / HEARTBEAT).touch()
    with hold(queue.folder, SUPERVISOR_LOCK):
        assert unwell(monitor) == []
        monkeypatch.setattr("tfplay.store.lock.SILENT_SECONDS", -1)
        assert unwell(monitor) == ["The supervisor of trainings does not answer."]


def test_a_full_disk_is_told_with_both_numbers(monitor, monkeypatch):
    usage = namedtuple("usage", "free")(12_000_000)
    monkeypatch.setattr("tfplay.server.health.shutil.disk_usage", lambda path: usage)
    assert unwell(monitor) == ["The disk has 12 MB left; it should have 200 MB."]


def test_metrics_are_in_the_form_that_prometheus_reads(monitor, queue, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    collector = HomeCollector()
    REGISTRY.register(collector)
    for name in "abc":
        queue.add(queue.folder / "runs" / name)
    queue.claim(queue.folder / "runs" / "a", "", 7)
    Visitors().note("sha256:1", "203.0.113.5")
    TOKENS.inc(3)
    PAGE_SECONDS.labels("chat").observe(0.3)
    LimitError("steps", "too many")
    try:
        text = monitor.get("/metrics").text
    finally:
        REGISTRY.unregister(collector)
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["tfplay_jobs", "waiting"] == 2
    assert samples["tfplay_jobs", "running"] == 1
    assert 0 < samples["tfplay_longest_wait_seconds",] < 60
    assert samples["tfplay_visitors",] == 1
    assert samples["tfplay_tokens_total",] >= 3
    assert samples["tfplay_refusals_total", "steps"] >= 1
    assert samples["tfplay_page_seconds_count", "chat"] >= 1
    assert samples["tfplay_free_bytes",] > 0


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", None),
        ("off", None),
        ("9100", MonitorAddress("127.0.0.1", 9100)),
        ("0.0.0.0:9100", MonitorAddress("0.0.0.0", 9100)),
        ("[::1]:9100", MonitorAddress("::1", 9100)),
    ],
)
def test_both_are_off_or_on_a_port_of_their_own(text, address):
    assert MonitorAddress.from_environment({"TFPLAY_MONITOR": text}) == address


@pytest.mark.parametrize("text", ["on", "99999", "example.org:1", ":", "0"])
def test_an_impossible_address_is_named(text):
    with pytest.raises(InputError, match=f"TFPLAY_MONITOR is '{text}'; it must be off"):
        MonitorAddress.from_environment({"TFPLAY_MONITOR": text})


def test_a_logged_error_is_told_by_kind_and_place_and_never_by_its_words():
    try:
        raise ValueError("Zorimel")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        "streamlit.error_util", logging.ERROR, "x.py", 1, "Failed on %s", ("Quandor",), told
    )
    line = json.loads(JsonLines().format(record))
    assert not {"Zorimel", "Quandor"} & set(re.findall(r"\w+", json.dumps(line)))
    assert line["event"] == "Failed on %s"
    assert line["error"] == "ValueError"
    assert "test_monitor.py" in line["at"][-1]


def test_an_unknown_form_of_logs_is_named():
    with pytest.raises(InputError, match="TFPLAY_LOG is 'xml'; it must be text or json"):
        set_up_logs({"TFPLAY_LOG": "xml"})
