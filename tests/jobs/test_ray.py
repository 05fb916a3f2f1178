"""Jobs on a real Ray cluster: one node, one job at a time, and nobody without the token."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.jobs.processes import wait_for_end, wait_for_first_steps, wait_until
from tests.jobs.samples import smallest_recipe, write_text
from tfplay.errors import InputError
from tfplay.jobs import place_in_queue, start, stop
from tfplay.store import list_runs, open_model, open_run

TOKEN = secrets.token_hex(32)
FOREVER = 1_000_000
ACCESS = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}


@pytest.fixture(scope="module")
def cluster():
    """The address of a cluster that has one CPU; it takes ten seconds to come up."""
    # Not below tmp_path: the path of a socket has at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="ray-"))
    port, *other_ports = free_ports(4)
    options = {
        "num-cpus": 1,
        "memory": 2**30,
        "object-store-memory": 80_000_000,
        "temp-dir": folder,
        "dashboard-port": port,
        "port": other_ports[0],
        "ray-client-server-port": other_ports[1],
        "dashboard-agent-listen-port": other_ports[2],
        "min-worker-port": 0,
        "max-worker-port": 0,
    }
    python_first = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    head = subprocess.Popen(
        [sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block"]
        + [f"--{name}={value}" for name, value in options.items()],
        env=os.environ | ACCESS | python_first | {"RAY_USAGE_STATS_ENABLED": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: head.poll() is not None or answers(address))
        yield address
    finally:
        head.terminate()  # and it ends all that it has started
        head.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def answers(address):
    with suppress(requests.ConnectionError):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return requests.get(f"{address}/api/version", headers=headers, timeout=5).ok
    return False


@pytest.fixture
def on_ray(cluster, monkeypatch):
    for name, value in ACCESS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TFPLAY_RAY_ADDRESS", cluster)
    monkeypatch.setenv("TFPLAY_RAY_MEMORY_GB", "0.5")
    return cluster


def test_jobs_wait_in_order_stop_and_train_to_the_end(on_ray, tmp_path):
    data = write_text(tmp_path)
    running, waiting, last = (
        start(smallest_recipe("language-model", data, steps=steps), data)
        for steps in (FOREVER, FOREVER, 3)
    )
    assert [run.status().state for run in (waiting, last)] == ["queued", "queued"]
    wait_for_first_steps(running)
    assert [place_in_queue(run) for run in (running, waiting, last)] == [None, 0, 1]

    stop(waiting)
    assert waiting.status().state == "stopped"
    assert place_in_queue(waiting) is None

    stop(running)
    assert wait_for_end(running).state == "stopped"
    assert open_run(running.id).is_usable

    assert wait_for_end(last).state == "done"
    assert open_model(last.id).load().model.count_params() == last.status().result["parameters"]


def test_a_job_that_cannot_even_begin_has_failed_in_rays_words(on_ray, tmp_path):
    data = write_text(tmp_path)
    run = start(smallest_recipe("language-model", data), data)
    (run.path / "log.txt").mkdir()
    wait_until(lambda: place_in_queue(run) is None and not run.status().is_active)
    assert run.status().state == "failed"
    assert run.status().message == (
        "Ray ended its job: Job entrypoint command failed with exit code 2."
    )


def test_a_wrong_token_is_refused_in_one_sentence_and_leaves_no_run(on_ray, tmp_path):
    data = write_text(tmp_path)
    # In a process of its own: Ray reads the token only once.
    script = f"""
from pathlib import Path
from tests.jobs.samples import smallest_recipe
from tfplay.errors import InputError
from tfplay.jobs import start
data = Path({str(data)!r})
try:
    start(smallest_recipe("language-model", data), data)
except InputError as error:
    print(error)
"""
    told = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"RAY_AUTH_TOKEN": secrets.token_hex(32)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    assert told == (
        f"The Ray cluster at {on_ray} refuses the token: RAY_AUTH_MODE should be token, and "
        "RAY_AUTH_TOKEN the cluster's.\n"
    )
    assert list_runs() == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "TFPLAY_RAY_ADDRESS",
            "http://127.0.0.1:1",
            "No Ray cluster answers at 'http://127.0.0.1:1'",
        ),
        ("TFPLAY_RAY_ADDRESS", "nowhere", "No Ray cluster answers at 'nowhere'"),
        ("TFPLAY_RAY_GPUS", "all", "TFPLAY_RAY_GPUS is 'all'; it should be a number"),
    ],
)
def test_a_cluster_that_is_not_there_leaves_no_run(name, value, sentence, tmp_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_RAY_ADDRESS", "http://127.0.0.1:1")
    monkeypatch.setenv(name, value)
    data = write_text(tmp_path)
    with pytest.raises(InputError, match=sentence):
        start(smallest_recipe("language-model", data), data)
    assert list_runs() == []
