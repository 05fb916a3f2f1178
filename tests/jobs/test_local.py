"""Training in a worker process."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tests.store.test_files import largest_file
from tfplay.errors import InputError
from tfplay.jobs import start, stop
from tfplay.store import list_runs, open_run

FOREVER = 1_000_000


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def wait_for_end(run):
    wait_until(lambda: not run.status().is_active)
    return run.status()


def wait_for_first_steps(run):
    wait_until(lambda: run.status().progress or not run.status().is_active)
    assert run.status().state == "running", run.status().message


def test_a_run_goes_on_by_itself_is_found_again_and_stopped(tmp_path):
    data = write_text(tmp_path)
    run = start(smallest_recipe("language-model", data, steps=FOREVER), data)
    assert run.status().state == "running"
    data.unlink()
    wait_for_first_steps(run)

    [found] = list_runs()  # as an app does that was started again
    stop(found)
    assert found.status().state in ("stopping", "stopped")
    status = wait_for_end(found)
    assert status.state == "stopped"
    assert 0 < status.result["steps"] < FOREVER
    assert found.load_model().count_params() == found.parameters


def test_sigterm_stops_a_worker_as_well(tmp_path):
    data = write_text(tmp_path)
    run = start(smallest_recipe("language-model", data, steps=FOREVER), data)
    wait_for_first_steps(run)
    os.kill(run.status().pid, signal.SIGTERM)
    assert wait_for_end(run).state == "stopped"
    assert run.is_usable


def test_a_killed_worker_is_lost_and_leaves_no_zombie(tmp_path):
    data = write_text(tmp_path)
    run = start(smallest_recipe("language-model", data, steps=FOREVER), data)
    wait_for_first_steps(run)
    pid = run.status().pid
    os.kill(pid, signal.SIGKILL)
    assert wait_for_end(run).state == "lost"
    assert open_run(run.id).metrics()[0]["step"] == 1
    wait_until(lambda: not Path(f"/proc/{pid}").exists(), seconds=5)


def test_a_full_disk_fails_a_run_in_one_sentence_and_leaves_no_half_of_a_model(tmp_path):
    data = write_text(tmp_path)
    with largest_file(20_000):
        run = start(smallest_recipe("language-model", data), data)
        status = wait_for_end(run)
    assert status.state == "failed"
    assert status.message == f"{run.model_path} cannot be written: File too large."
    wait_until(lambda: not run.is_held)  # the status is told a moment before the process ends
    assert not list(run.path.glob(".saving*"))
    assert not run.is_usable


def test_an_impossible_recipe_is_told_before_anything_is_written(tmp_path):
    data = write_text(tmp_path)
    with pytest.raises(InputError, match="not divisible"):
        start(smallest_recipe("language-model", data, num_heads=7), data)
    assert list_runs() == []
