"""kill -9 in the middle of training, twenty times: what the last checkpoint had is all there."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from glob import glob
from pathlib import Path

import numpy as np
import pytest

from tests.jobs.killed_worker import digest, model_arrays
from tests.jobs.processes import wait_until
from tests.jobs.samples import smallest_recipe, write_text
from tests.training.samples import run_eagerly
from tfplay.jobs.control import make_ready_to_resume
from tfplay.jobs.training import train_run
from tfplay.store import create_run

KILLS = 20
FIRST_KILL = 50  # steps
STEPS_BETWEEN = 5
STEPS = FIRST_KILL + KILLS * 40


@pytest.fixture
def workers():
    """Starts workers; while one trains, the next gets ready."""
    started = []

    def start():
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.killed_worker"],
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
        )
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def next_line(worker, wanted=""):
    for line in worker.stdout:
        if line.startswith(wanted):
            return line.strip()
    raise AssertionError("The worker ended.")


def begin(worker, run):
    next_line(worker, "ready")
    worker.stdin.write(f"{run.path}\n")
    worker.stdin.flush()
    return next_line(worker)


def is_saving(run):
    return bool(glob(str(run.path / ".saving-*" / "*")))


def pause_while_it_saves(worker, run):
    """Stop the worker at a moment at which a checkpoint is half written."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if is_saving(run):
            worker.send_signal(signal.SIGSTOP)
            os.waitpid(worker.pid, os.WUNTRACED)
            if is_saving(run):
                return
            worker.send_signal(signal.SIGCONT)
    raise AssertionError("The worker saved nothing for a minute.")


def last_step(run):
    path = run.path / "metrics.jsonl"
    if not path.exists():
        return 0
    return path.read_bytes().count(b"\n")


def test_a_run_killed_twenty_times_goes_on_from_its_last_checkpoint(tmp_path, workers):
    data = write_text(tmp_path)
    changes = {"dropout": 0.2, "validation_fraction": 0.0, "snapshots": 0, "schedule": "constant"}
    recipe = smallest_recipe("language-model", data, steps=STEPS, **changes)
    run = create_run(recipe, data)
    random = np.random.default_rng(0)
    kept, wanted_step, worker = None, FIRST_KILL, workers()
    for attempt in range(KILLS):
        told = begin(worker, run)
        if kept is None:
            assert told == "new"
        else:
            arrays, figures = kept
            assert told == digest(model_arrays(arrays))
        ready = workers()
        wait_until(lambda: last_step(run) >= wanted_step, seconds=600)  # noqa: B023
        if attempt % 2:
            pause_while_it_saves(worker, run)
        else:
            time.sleep(random.uniform(0.0, 0.1))
        before = run.checkpoint.figures()["step"]
        worker.kill()
        worker.wait()
        assert is_saving(run) or attempt % 2 == 0
        kept = run.checkpoint.load()
        assert before <= kept[1]["step"] < STEPS
        assert kept[1]["step"] >= last_step(run) - 1  # no step lost beyond the last checkpoint
        assert run.status().state == "lost"
        make_ready_to_resume(run)
        wanted_step, worker = kept[1]["step"] + STEPS_BETWEEN, ready

    # To its end in this process, and without any interruption: the same.
    shorter = kept[1]["step"] + 3
    assert_ends_as_if_never_killed(run, data, replace(recipe.training, steps=shorter))


def assert_ends_as_if_never_killed(run, data, training):
    recipe = replace(run.recipe, training=training)
    straight = create_run(run.recipe, data)
    for each in (straight, run):
        each.recipe = recipe
        with each.hold(), pytest.MonkeyPatch.context() as patch:
            run_eagerly(patch)
            train_run(each)
    steps = [line["step"] for line in run.metrics()]
    assert steps == list(range(1, training.steps + 1))
    losses = [[line["loss"] for line in each.metrics()] for each in (run, straight)]
    np.testing.assert_allclose(*losses, atol=1e-4)
    left = run.path.rglob(".saving-*")
    assert all(time.time() - path.stat().st_mtime < 5 for path in left)
