"""Training in worker processes, with a supervisor that looks after them."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.jobs.processes import (
    end_jobs,
    kill,
    supervisor_of,
    wait_for_end,
    wait_for_first_steps,
    wait_for_state,
    wait_until,
)
from tests.jobs.samples import smallest_recipe, write_text
from tests.store.test_files import largest_file
from tfplay.errors import InputError
from tfplay.jobs import can_resume, place_in_queue, resume, start, stop
from tfplay.jobs.queue import JobQueue
from tfplay.store import list_runs, open_model, open_run
from tfplay.store.lock import last_holder

FOREVER = 1_000_000
TASK = "language-model"
KILLS = 5
BRIEFEST = {"steps": 1, "validation_fraction": 0.0, "snapshots": 0}
"""Nothing is compiled for a single step."""


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("jobs") / "tfplay-home"
    yield home
    end_jobs(home)


@pytest.fixture(autouse=True)
def tfplay_home(shared_home, monkeypatch):
    """A place without jobs; its supervisor and the worker that is ready serve every test."""
    monkeypatch.setenv("TFPLAY_HOME", str(shared_home))
    yield shared_home
    queue = JobQueue(shared_home)
    for job in queue.jobs():
        queue.withdraw(job.run)  # if it waits
    for job in queue.jobs():
        kill(job.pid)
    wait_until(lambda: not queue.jobs())


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """A place of its own, whose supervisor starts as this process is now."""
    home = tmp_path / "own-home"
    monkeypatch.setenv("TFPLAY_HOME", str(home))
    yield home
    end_jobs(home)


@pytest.fixture
def data(tmp_path):
    return write_text(tmp_path)


def start_smallest(data, **changes):
    unvalidated = {"validation_fraction": 0.0}  # answers to compile take longer than these runs
    return start(smallest_recipe(TASK, data, **unvalidated | changes), data)


def test_a_run_goes_on_by_itself_is_found_again_stopped_and_resumed(data):
    run = start_smallest(data, steps=FOREVER)
    assert run.status().state in ("queued", "running")
    data.unlink()
    wait_for_first_steps(run)
    status = run.status()
    assert status.device
    assert status.precision
    assert status.memory_bytes > 1_000_000

    [found] = [
        each for each in list_runs() if each.id == run.id
    ]  # as an app does that was started again
    stop(found)
    assert found.status().state in ("stopping", "stopped")
    status = wait_for_end(found)
    assert status.state == "stopped"
    assert 0 < status.result["steps"] < FOREVER
    stopped = open_run(found.id)
    assert stopped.model.load().model.count_params() == stopped.config.parameters

    assert can_resume(found)
    resume(found)
    wait_until(lambda: found.metrics()[-1]["step"] > status.result["steps"])
    steps = [line["step"] for line in found.metrics()]
    assert steps == sorted(set(steps))
    os.kill(found.status().pid, signal.SIGTERM)  # stops it as well
    assert wait_for_end(found).state == "stopped"


def test_runs_wait_for_their_turn_and_may_be_taken_out_before_it(data):
    first, second, third = (start_smallest(data, steps=FOREVER) for _ in range(3))
    wait_for_first_steps(first)
    assert [place_in_queue(run) for run in (first, second, third)] == [None, 1, 2]
    stop(second)
    assert second.status().state == "stopped"
    assert second.status().message == "It was stopped before there was a model to keep."
    assert not open_run(second.id).is_usable
    assert place_in_queue(third) == 1
    stop(first)
    wait_for_first_steps(third)


def test_a_worker_too_busy_to_stop_is_ended_and_leaves_its_newest_checkpoint(data):
    run = start_smallest(data, steps=FOREVER)
    wait_for_first_steps(run)
    pid = run.status().pid
    os.kill(pid, signal.SIGSTOP)  # as busy as can be
    stop(run)
    status = wait_for_end(run)
    assert status.state == "stopped"
    assert status.message.startswith("Stopped at once; the model after ")
    stopped = open_run(run.id)
    assert stopped.model.load().model.count_params() == stopped.config.parameters
    assert can_resume(run)
    wait_until(lambda: not Path(f"/proc/{pid}").exists(), seconds=20)


def test_workers_outlive_a_killed_supervisor_and_the_next_one_goes_on(data, tfplay_home):
    first, second = start_smallest(data, steps=FOREVER), start_smallest(data, steps=FOREVER)
    wait_for_first_steps(first)
    before = supervisor_of(tfplay_home)
    kill(before)
    wait_until(lambda: not Path(f"/proc/{before}").exists())
    step = first.metrics()[-1]["step"]
    wait_until(lambda: first.metrics()[-1]["step"] > step)

    stop(first)  # whoever wants something starts another
    assert wait_for_end(first).state == "stopped"
    wait_for_first_steps(second)
    assert supervisor_of(tfplay_home) != before


def test_a_worker_that_does_not_answer_is_lost_and_can_be_resumed(data):
    run = start_smallest(data, steps=FOREVER)
    wait_for_first_steps(run)
    pid = run.status().pid
    os.kill(pid, signal.SIGSTOP)
    silent = time.time() - 60
    os.utime(run.path / "heartbeat", (silent, silent))
    assert run.status().state == "lost"
    wait_until(lambda: not Path(f"/proc/{pid}").exists())
    assert "did not answer" in run.status().message
    resume(run)
    wait_for_state(run, "running")


def test_a_worker_that_crashes_has_failed_with_its_signal(data):
    run = start_smallest(data, steps=FOREVER)
    wait_for_first_steps(run)
    os.kill(run.status().pid, signal.SIGABRT)
    wait_for_state(run, "failed")
    assert "crashed (SIGABRT)" in run.status().message


def test_a_worker_killed_again_and_again_goes_on_as_if_nothing_had_happened(
    data, own_home, monkeypatch, tmp_path
):
    """At moments that a seed draws; `test_killed.py` does so twenty times without the queue."""
    cache = f"--tf_xla_persistent_cache_directory={tmp_path / 'compiled'}"
    monkeypatch.setenv("TF_XLA_FLAGS", cache)
    steps = 60
    recipe = smallest_recipe(TASK, data, steps=steps, dropout=0.2, evaluate_every=25)
    straight = start(recipe, data)
    assert wait_for_end(straight).state == "done"

    run = start(recipe, data)
    random = np.random.default_rng(0)
    for _ in range(KILLS):
        wait_until(lambda: run.is_held)
        time.sleep(random.uniform(0.0, 2.5))
        assert run.status().state != "done"  # there must be something to kill
        before = run.checkpoint.figures()
        kill(last_holder(run.path)[1])
        wait_until(lambda: not run.is_held)
        assert run.status().state in ("lost", "queued")
        after = run.checkpoint.figures()
        assert (after or {"step": 0})["step"] >= (before or {"step": 0})["step"]
        wait_for_state(run, "lost")
        resume(run)
    assert wait_for_end(run).state == "done", run.status().message
    assert [line["step"] for line in run.metrics()] == list(range(1, steps + 1))
    for name in ("loss", "validation_loss"):
        curves = [[line[name] for line in each.metrics()] for each in (run, straight)]
        np.testing.assert_allclose(*np.array(curves, dtype=float), atol=1e-5, equal_nan=True)
    weights = (open_model(each.id).load().model.get_weights() for each in (straight, run))
    for weight, same in zip(*weights, strict=True):
        np.testing.assert_allclose(same, weight, atol=1e-5)


def test_many_visitors_who_press_train_at_once_are_served_in_order(data):
    recipe = smallest_recipe(TASK, data, **BRIEFEST)
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda seed: start(replace_seed(recipe, seed), data), range(8)))
    arrived = sorted(runs, key=lambda run: place_in_queue(run) or 0)
    for run in runs:
        assert wait_for_end(run).state == "done", run.status().message
    ended = [(run.path / "model.keras").stat().st_mtime for run in arrived]
    assert ended == sorted(ended)


def replace_seed(recipe, seed):
    return replace(recipe, training=replace(recipe.training, seed=seed))


def test_a_full_disk_fails_a_run_in_one_sentence_and_leaves_no_half_of_a_model(data, own_home):
    with largest_file(150_000):  # enough for the queue, not for a checkpoint
        run = start_smallest(data)
        status = wait_for_end(run)
    assert status.state == "failed"
    assert status.message == f"{run.checkpoint.path} cannot be written: File too large."
    wait_until(lambda: not run.is_held)  # the status is told a moment before the process ends
    assert not list(run.path.glob(".saving*"))
    assert not open_run(run.id).is_usable


def test_data_that_is_gone_fails_a_run_in_one_sentence(data):
    blocker, run = start_smallest(data, steps=FOREVER), start_smallest(data)
    run.data_path.unlink()
    stop(blocker)
    status = wait_for_end(run)
    assert status.state == "failed"
    assert status.message == f"{run.data_path} cannot be read: No such file or directory."
    assert can_resume(run)


def test_a_run_that_is_done_cannot_be_resumed(data):
    run = start_smallest(data, **BRIEFEST)
    assert wait_for_end(run).state == "done"
    assert not can_resume(run)
    with pytest.raises(InputError, match="is done; only an interrupted run can be resumed"):
        resume(run)
    assert open_run(run.id).status().state == "done"


def test_an_impossible_recipe_is_told_before_anything_is_written(data):
    before = len(list_runs())
    with pytest.raises(InputError, match="not divisible"):
        start_smallest(data, num_heads=7)
    assert len(list_runs()) == before
