"""Jobs on this machine: a queue, and a supervisor that gives each job a worker in its turn."""

import os
import subprocess
import sys
import threading

from tfplay.home import file_mode, make_folder
from tfplay.jobs.endings import stopped_at_once
from tfplay.jobs.queue import JobQueue
from tfplay.store import Run, home
from tfplay.store.lock import is_held

SUPERVISOR_LOCK = "supervisor.lock"


class LocalExecutor:
    """Fills `Executor` for this machine."""

    def __init__(self) -> None:
        self.queue = JobQueue(home())

    def submit(self, run: Run) -> None:
        """Queues the run and sees to it that there is a supervisor."""
        self.queue.add(run.path)
        self.prepare()

    def stop(self, run: Run) -> None:
        """Takes the run out of the queue, or asks its worker; the supervisor sees that it ends."""
        if self.queue.withdraw(run.path):
            run.write_status(run.status().with_ending(stopped_at_once(run)))
        elif run.status().is_active:
            run.request_stop()
            self.prepare()

    def place_in_queue(self, run: Run) -> int | None:
        """Counts those that arrived before and have not ended."""
        for place, job in enumerate(self.queue.jobs()):
            if job.run == run.path:
                return place if job.pid is None else None
        return None

    def prepare(self) -> None:
        """Starts the supervisor if there is none; it keeps a worker ready."""
        make_folder(home())
        if not is_held(home(), SUPERVISOR_LOCK):
            start_process("tfplay.jobs.supervisor")


def start_process(module: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Starts a module of ours in a process that outlives this one.

    Args:
        module: Its dotted name.
        stdin: As `subprocess.Popen` takes it.
    """
    path = home() / "supervisor.log"
    path.touch(file_mode(path))
    with path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=stdin,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C in the app's terminal is not meant for it
            # It finds what we find, and keeps its place if the environment changes here.
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TFPLAY_HOME": str(home())},
        )
    threading.Thread(target=process.wait, daemon=True).start()  # no zombie is left
    return process
