"""The supervisor: `python -m tfplay.jobs.supervisor`, one for each `TFPLAY_HOME`.

It gives waiting runs their workers, visitors in turn, one run a GPU (or one at a time without
one), keeps a worker ready, ends those that do not stop by themselves, and notes how a run ended
whose worker could not say so. It may be killed at any moment: workers go on, and the next
supervisor looks after them.
"""

import json
import os
import subprocess
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from tfplay.errors import InputError
from tfplay.estimates.machine import machine
from tfplay.hosting import limits_here
from tfplay.jobs.devices import find_devices
from tfplay.jobs.endings import NO_ANSWER, ending_of, stopped_at_once, times_out_of_memory
from tfplay.jobs.local import SUPERVISOR_LOCK, start_process
from tfplay.jobs.queue import Job, JobQueue
from tfplay.store import Run, Status, home
from tfplay.store.files import remove_drafts
from tfplay.store.lock import beating, last_holder, try_to_hold

HEARTBEAT = "supervisor.heartbeat"
"""Touched every second while it lives and is not frozen."""

TICK_SECONDS = 0.1
IDLE_SECONDS = 600.0
"""Without a job for so long it ends, and the worker that was ready with it."""

SECONDS_BETWEEN_STARTS = 1.0

STOP_SECONDS = 1.2
"""A worker has so long to react when it is asked to stop."""

SAVING_SECONDS = 60.0
"""One that has reacted has so long to save its model."""

SILENCE_SECONDS = 3.0
"""A silent worker has so long to beat again: the machine may just have woken up."""

SECONDS_OF_A_COPY = 3600.0
"""Nobody takes so long to write a run's folder; who does was killed."""

MEMORY_FOR_A_READY_WORKER = 4_000_000_000
"""Bytes. With less no worker is kept ready: it takes 300 MB, and spares whoever is next seconds."""

BEGIN_SECONDS = 15.0
"""A worker that a former supervisor started has so long to begin."""


class Supervisor:
    """Looks after the jobs of a queue.

    Args:
        queue: The queue.
        devices: Each works on one job at a time.
    """

    def __init__(self, queue: JobQueue, devices: list[str]):
        self.queue = queue
        self.devices = devices
        self.workers: dict[int, subprocess.Popen[bytes]] = {}
        self.ready: subprocess.Popen[bytes] | None = None
        self.last_start = -SECONDS_BETWEEN_STARTS
        self.noticed: dict[tuple[str, Path], float] = {}
        self.times_out_of_memory = times_out_of_memory()
        self.last_job = time.monotonic()

    def tick(self) -> None:
        """Does whatever there is to do now.

        Raises:
            InputError: Something could not be done, on a full disk for example; the rest is done.
        """
        jobs = self.queue.jobs()
        at_work = [job for job in jobs if job.pid is not None]
        self._end_orphans(at_work)
        problems = [problem for job in at_work if (problem := _problem(self._look_after, job))]
        free = [each for each in self.devices if each not in [job.device for job in at_work]]
        beginning = list(zip(self._next(at_work), free, strict=False))
        for job, device in beginning:
            if problem := _problem(self._begin, job, device):
                problems.append(problem)
        if jobs:
            self.last_job = time.monotonic()
        has_room = machine().memory >= MEMORY_FOR_A_READY_WORKER
        if has_room and not beginning and all(_has_begun(job) for job in at_work):
            self._get_one_ready()  # not before: importing would slow down who begins
        if problems:
            raise InputError(" ".join(problems))

    def _next(self, at_work: list[Job]) -> list[Job]:
        """The jobs that may begin, in the order of their turns."""
        limits, running = limits_here(), Counter(job.owner for job in at_work)
        allowed = []
        for job in self.queue.turns():
            running[job.owner] += 1
            if limits is None or not job.owner or running[job.owner] <= limits.running_jobs:
                allowed.append(job)
        return allowed

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do for a long time."""
        return time.monotonic() - self.last_job > IDLE_SECONDS

    def end(self) -> None:
        """Lets the ready worker go, and the others if their place is gone."""
        if self.ready:
            self.ready.stdin.close()
        if not self.queue.path.exists():
            for pid in self.workers:
                _kill(pid)

    def _get_one_ready(self) -> None:
        """Starts a worker that waits for an order, unless one waits or the last just failed."""
        waits = self.ready is not None and self.ready.poll() is None
        if not waits and time.monotonic() - self.last_start > SECONDS_BETWEEN_STARTS:
            self.ready = start_process("tfplay.jobs.worker", stdin=subprocess.PIPE)
            self.last_start = time.monotonic()

    def _begin(self, job: Job, device: str) -> None:
        """Hands a waiting run to the worker that is ready."""
        run = _open(job)
        if run is None:  # it was deleted
            self.queue.withdraw(job.run)
            return
        if run.is_held:
            if run.is_silent:
                _kill_holder(run)  # a frozen worker of before the run was resumed
            return
        self._get_one_ready()
        if self.ready is None:
            return
        worker = self.ready
        if not self.queue.claim(job.run, device, worker.pid):
            return
        self.ready = None
        self.workers[worker.pid] = worker
        self.times_out_of_memory = times_out_of_memory()
        with suppress(OSError):  # it just ended; that is seen at the next tick
            worker.stdin.write(f"{json.dumps({'run': str(job.run), 'device': device})}\n".encode())
            worker.stdin.close()

    def _look_after(self, job: Job) -> None:
        run = _open(job)
        worker = self.workers.get(job.pid)
        if run is None:  # it was deleted, or its disk is gone
            if worker:
                _kill(job.pid)
            self._forget(job)
            return
        if self._has_ended(job, run):
            self._note_ending(job, run)
        elif run.is_held and run.is_silent:
            if self._seconds_since("silent", job) > SILENCE_SECONDS:
                self._end(job, run, Status("lost", NO_ANSWER))
        elif run.stop_requested:
            self._see_that_it_stops(job, run)
        elif job.owner and (limits := limits_here()):
            self._see_that_it_ends_in_time(job, run, limits.minutes)

    def _has_ended(self, job: Job, run: Run) -> bool:
        if worker := self.workers.get(job.pid):
            return worker.poll() is not None
        if run.is_held:
            return False
        seconds = self._seconds_since("not held", job)
        return run.status().state != "queued" or seconds > BEGIN_SECONDS

    def _note_ending(self, job: Job, run: Run) -> None:
        """Says how a run ended whose worker did not."""
        worker = self.workers.get(job.pid)
        exit_code = worker.returncode if worker else None
        if run.status().state == "queued" and worker is None:
            self.queue.give_back(job)  # a former supervisor was killed before it began
            return
        if run.stop_requested:
            ending = stopped_at_once(run)
        else:
            is_for_memory = times_out_of_memory() > self.times_out_of_memory
            ending = ending_of(run, exit_code, is_for_memory)
        with run.ending():
            self._write_ending(job, run, ending)
            self._forget(job)

    def _see_that_it_stops(self, job: Job, run: Run) -> None:
        """Ends a worker that is too busy, for example compiling, to stop by itself."""
        patience = SAVING_SECONDS if run.is_saving else STOP_SECONDS
        if self._seconds_since("asked to stop", job) > patience:
            self._end(job, run)

    def _see_that_it_ends_in_time(self, job: Job, run: Run, minutes: int) -> None:
        if self._seconds_since("at work", job) > 60 * minutes:
            most = "1 minute is" if minutes == 1 else f"{minutes:,} minutes are"
            run.request_stop(f"{most} the most at once here; it can go on in its next turn.")

    def _end(self, job: Job, run: Run, ending: Status | None = None) -> None:
        """Ends a worker; without an `ending` its run is stopped and keeps its checkpoint."""
        # Frozen, it holds on to its lock and cannot write: nobody sees the run as lost meanwhile.
        _freeze(job.pid)
        with run.ending():
            self._write_ending(job, run, ending or stopped_at_once(run))
            _kill(job.pid)
            self._forget(job)

    def _write_ending(self, job: Job, run: Run, ending: Status) -> None:
        """Says how a run ended, unless it has said so itself or waits again already."""
        if job in self.queue.jobs() and run.status().state not in ("done", "stopped", "failed"):
            run.write_status(run.status().with_ending(ending))

    def _forget(self, job: Job) -> None:
        """The job is over; nothing changes if its run waits again already."""
        for what, run in list(self.noticed):
            if run == job.run:
                del self.noticed[what, run]
        self.queue.remove(job)

    def _seconds_since(self, what: str, job: Job) -> float:
        """How long ago that was first noticed of the job; time asleep does not count."""
        now = time.monotonic()
        return now - self.noticed.setdefault((what, job.run), now)

    def _end_orphans(self, at_work: list[Job]) -> None:
        """Ends workers of runs that were forgotten, or resumed while these were frozen."""
        wanted = {job.pid for job in at_work}
        for pid, worker in list(self.workers.items()):
            if worker.poll() is not None and pid not in wanted:
                del self.workers[pid]
            elif pid not in wanted:
                _kill(pid)


def _open(job: Job) -> Run | None:
    try:
        run = Run(job.run)
        run.status()
    except InputError:
        return None
    return run


def _has_begun(job: Job) -> bool:
    """Whether its first loss is there."""
    run = _open(job)
    return run is None or run.status().progress is not None


def _kill_holder(run: Run) -> None:
    holder = last_holder(run.path)
    if holder:
        _kill(holder[1])


def _problem(work: Callable[..., None], *arguments: Any) -> str | None:
    """Does some work on one job; returns why it could not be done, if so."""
    try:
        work(*arguments)
    except (InputError, OSError) as error:
        return str(error)
    return None


def _kill(pid: int) -> None:
    with suppress(psutil.Error):  # it has ended, or its number is another user's now
        psutil.Process(pid).kill()


def _freeze(pid: int) -> None:
    with suppress(psutil.Error):
        psutil.Process(pid).suspend()


class Complaints:
    """Tells each error once, however often it comes, and when it has passed."""

    def __init__(self) -> None:
        self.last: str | None = None

    def tell(self, error: Exception) -> None:
        """Writes an error into the log, unless it was the last one too.

        There may be no room for it; then it is told as soon as there is.
        """
        text = str(error) if isinstance(error, InputError) else traceback.format_exc()
        if text != self.last and _write(f"{text.rstrip()}\n"):
            self.last = text

    def all_is_well(self) -> None:
        """Nothing went wrong this time."""
        if self.last is not None and _write("It works again.\n"):
            self.last = None


def _write(text: str) -> bool:
    """Writes to standard error; false on a full disk."""
    try:
        return os.write(2, f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}".encode()) > 0
    except OSError:
        return False


def main() -> None:
    """Looks after the jobs of `home()` until there are none for a long time."""
    lock_path = home() / SUPERVISOR_LOCK
    lock = try_to_hold(lock_path)
    if lock is None:
        return
    remove_drafts(home() / "runs", SECONDS_OF_A_COPY)
    queue = JobQueue(home())
    supervisor, complaints = Supervisor(queue, find_devices()), Complaints()
    with beating(home() / HEARTBEAT):
        while lock is not None and lock_path.exists():  # its folder may be deleted
            try:
                supervisor.tick()
                complaints.all_is_well()
            except Exception as error:  # who looks after runs must not end before them
                complaints.tell(error)
            time.sleep(TICK_SECONDS)
            if supervisor.is_idle:
                os.close(lock)  # who adds a job from now on starts another supervisor
                lock = try_to_hold(lock_path) if _has_jobs(queue) else None
    supervisor.end()


def _has_jobs(queue: JobQueue) -> bool:
    try:
        return bool(queue.jobs())
    except InputError:  # who mends the queue starts another supervisor
        return False


if __name__ == "__main__":
    main()
