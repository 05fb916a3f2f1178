"""Jobs on this machine: a queue, and a supervisor that gives each job a worker in its turn."""

import os
import subprocess
import sys
import threading
from typing import IO

from tfplay.errors import InputError
from tfplay.home import file_mode, make_folder
from tfplay.jobs.compiled import kept_bytes
from tfplay.jobs.endings import stopped_at_once
from tfplay.jobs.fitting import require_fitting_recipe
from tfplay.jobs.queue import JobQueue
from tfplay.store import Run, home
from tfplay.store.allowance import require_below
from tfplay.store.files import writing_told
from tfplay.store.lock import hold, is_held

SUPERVISOR_LOCK = "supervisor.lock"
LONGEST_LOG = 1_000_000  # bytes


class LocalExecutor:
    """Fills `Executor` for this machine."""

    def __init__(self) -> None:
        self.queue = JobQueue(home())

    def submit(self, run: Run) -> None:
        """Queues the run and sees to it that there is a supervisor."""
        require_fitting_recipe(run.recipe, run.data_path)
        kept_bytes()  # what is wrong with the setting is told here, not by the worker
        owner = run.config.owner or ""
        make_folder(home())
        with hold(home(), "submitting.lock"):  # of two at once the second is counted too
            if owner:
                require_below("waiting_jobs", owner, self._count_waiting, "trainings waiting")
            self.queue.add(run.path, owner)
        self.prepare()

    def _count_waiting(self, owners: set[str]) -> int:
        return sum(job.owner in owners for job in self.queue.turns())

    def stop(self, run: Run) -> None:
        """Takes the run out of the queue, or asks its worker; the supervisor sees that it ends."""
        if self.queue.withdraw(run.path) or self._is_forgotten(run):
            run.write_status(run.status().with_ending(stopped_at_once(run)))
        elif run.status().is_active:
            run.request_stop()
            self.prepare()

    def _is_forgotten(self, run: Run) -> bool:
        """Whether it waits for a queue that has lost it, or was made anew."""
        waits = run.status().state == "queued" and not run.is_held
        return waits and all(job.run != run.path for job in self.queue.jobs())

    def place_in_queue(self, run: Run) -> int | None:
        """Counts those that are worked on, and those whose turn comes before."""
        waiting = [job.run for job in self.queue.turns()]
        if run.path not in waiting:
            return None
        at_work = sum(job.pid is not None for job in self.queue.jobs())
        return at_work + waiting.index(run.path)

    def prepare(self) -> None:
        """Starts the supervisor if there is none; it keeps a worker ready.

        Raises:
            InputError: The home cannot be written, or there is no room for a process.
        """
        with writing_told(home()):
            make_folder(home())
        if not os.access(home(), os.W_OK):
            raise InputError(f"{home()} cannot be written: it is read-only.")
        if not is_held(home(), SUPERVISOR_LOCK):
            start_process("tfplay.jobs.supervisor")

    def keep_going(self) -> None:
        """Starts the supervisor if there is work for it and it has ended, or was never started."""
        if self.queue.path.exists() and self.queue.jobs():
            self.prepare()


def start_process(module: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Starts a module of ours in a process that outlives this one.

    Args:
        module: Its dotted name.
        stdin: As `subprocess.Popen` takes it.

    Raises:
        InputError: There is no room for another process.
    """
    with _log() as log:
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", module],
                stdin=stdin,
                stdout=log,
                stderr=log,
                # Ctrl-C in the app's terminal is not meant for it: on Unix it has a session of its
                # own, on Windows a terminal of its own that is not shown.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                # It finds what we find, and keeps its place if the environment changes here.
                env=os.environ
                | {"PYTHONPATH": os.pathsep.join(sys.path), "TFPLAY_HOME": str(home())},
            )
        except OSError as error:
            raise InputError(f"No process could be started: {error.strerror}.") from error
    threading.Thread(target=process.wait, daemon=True).start()  # no zombie is left
    return process


def _log() -> IO[bytes]:
    """Where a process writes what nobody reads unless something is wrong; it does not grow on."""
    path = home() / "supervisor.log"
    try:
        path.touch(file_mode(path))
        is_long = path.stat().st_size > LONGEST_LOG
        return path.open("wb" if is_long else "ab")
    except OSError:  # a full disk must not keep runs from being looked after
        return open(os.devnull, "wb")
