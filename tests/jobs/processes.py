"""The processes behind a place for runs, and waiting for what they do."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tfplay.jobs.local import SUPERVISOR_LOCK
from tfplay.store.lock import last_holder


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
    """Ends all that works there: the supervisor, also one that has not begun, and its workers."""
    while found := _processes_of(home):
        for process in found:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(found, timeout=60)


def _processes_of(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            is_ours = any(part.startswith("tfplay.jobs") for part in process.cmdline())
            if is_ours and process.environ().get("TFPLAY_HOME") == str(home):
                found.append(process)
    return found
