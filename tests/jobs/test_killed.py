"""kill -9 in the middle of training, twenty times: what the last checkpoint had is all there."""

import time
from dataclasses import replace
from glob import glob

import numpy as np
import psutil
import pytest

from tests.jobs.killed_worker import digest, model_arrays, start_worker
from tests.jobs.processes import wait_until
from tests.jobs.samples import smallest_recipe, write_text
from tests.training.samples import run_without_xla
from tfplay.jobs.control import make_ready_to_resume
from tfplay.jobs.training import train_run
from tfplay.store import create_run

KILLS = 20
FIRST_KILL = 50  # steps
STEPS_BETWEEN = 2
STEPS = FIRST_KILL + KILLS * 40


def is_saving(run):
    return bool(glob(str(run.path / ".saving-*" / "*")))


def pause_while_it_saves(worker, run):
    """Stop the worker at a moment at which a checkpoint is half written."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if is_saving(run):
            worker.suspend()
            wait_until(lambda: worker.status() == psutil.STATUS_STOPPED)
            if is_saving(run):
                return
            worker.resume()
    raise AssertionError("The worker saved nothing for a minute.")


def last_step(run):
    path = run.path / "metrics.jsonl"
    if not path.exists():
        return 0
    return path.read_bytes().count(b"\n")


def test_a_run_killed_twenty_times_goes_on_from_its_last_checkpoint(tmp_path):
    data = write_text(tmp_path)
    changes = {"dropout": 0.2, "validation_fraction": 0.0, "snapshots": 0, "schedule": "constant"}
    recipe = smallest_recipe("language-model", data, steps=STEPS, **changes)
    run = create_run(recipe, data)
    random = np.random.default_rng(0)
    kept, wanted_step = None, FIRST_KILL
    for attempt in range(KILLS):
        worker, told = start_worker(run.path)
        assert told == (digest(model_arrays(kept[0])) if kept else "new")
        wait_until(lambda: last_step(run) >= wanted_step, seconds=600)  # noqa: B023
        if attempt % 2:
            pause_while_it_saves(psutil.Process(worker.pid), run)
        else:
            time.sleep(random.uniform(0.0, 0.1))
        before = run.checkpoint.figures()["step"]
        worker.kill()
        worker.join()
        assert is_saving(run) or attempt % 2 == 0
        kept = run.checkpoint.load()
        assert before <= kept[1]["step"] < STEPS
        assert kept[1]["step"] >= last_step(run) - 1  # no step lost beyond the last checkpoint
        assert run.status().state == "lost"
        make_ready_to_resume(run)
        wanted_step = kept[1]["step"] + STEPS_BETWEEN

    # To its end in this process, and without any interruption: the same.
    shorter = kept[1]["step"] + 3
    assert_ends_as_if_never_killed(run, data, replace(recipe.training, steps=shorter))


def assert_ends_as_if_never_killed(run, data, training):
    recipe = replace(run.recipe, training=training)
    straight = create_run(run.recipe, data)
    for each in (straight, run):
        each.recipe = recipe
        with each.hold(), pytest.MonkeyPatch.context() as patch:
            run_without_xla(patch)
            train_run(each)
    steps = [line["step"] for line in run.metrics()]
    assert steps == list(range(1, training.steps + 1))
    losses = [[line["loss"] for line in each.metrics()] for each in (run, straight)]
    np.testing.assert_allclose(*losses, atol=1e-4)
    left = run.path.rglob(".saving-*")
    assert all(time.time() - path.stat().st_mtime < 5 for path in left)
