"""The processes behind a place for runs, and waiting for what they do."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from tfplay.jobs.local import SUPERVISOR_LOCK
from tfplay.jobs.queue import JobQueue
from tfplay.store.lock import is_held, last_holder


def wait_until(condition, seconds=180):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def wait_for_end(run):
    wait_until(lambda: not run.status().is_active)
    return run.status()


def wait_for_first_steps(run):
    wait_until(lambda: run.metrics() or not run.status().is_active)
    assert run.status().state == "running", run.status().message


def wait_for_state(run, state):
    wait_until(lambda: run.status().state == state)


def kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def supervisor_of(home: Path) -> int:
    """Its process id."""
    _, pid = last_holder(home, SUPERVISOR_LOCK)
    return pid


def end_jobs(home: Path) -> None:
    """Ends the supervisor, the worker that is ready (which notices) and all that work."""
    if is_held(home, SUPERVISOR_LOCK):
        kill(supervisor_of(home))
    for job in JobQueue(home).jobs():
        if job.pid:
            kill(job.pid)
