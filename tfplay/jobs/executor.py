"""Where jobs run: one small protocol, and the choice between those who fill it."""

import os
from typing import Protocol

from tfplay.jobs.local import LocalExecutor
from tfplay.jobs.ray import RayExecutor
from tfplay.store import Run


class Executor(Protocol):
    """Gives each run that is submitted a worker process of its own, in order of arrival.

    A worker is `python -m tfplay.jobs.worker RUN_FOLDER`. It tells everything through the run
    folder, whose `status.json` is the truth about the run; an executor only decides when a worker
    starts, on which device, and ends one that does not end by itself. Each call returns at once.
    """

    def submit(self, run: Run) -> None:
        """Queues a run whose status is "queued"; it goes on from its checkpoint if it has one."""

    def stop(self, run: Run) -> None:
        """Takes a waiting run out of the queue, or ends a running one and keeps its model.

        A run that has ended already is left alone.
        """

    def place_in_queue(self, run: Run) -> int | None:
        """How many runs come before this one; `None` if it is not waiting."""

    def prepare(self) -> None:
        """Gets ready for a run that will probably come soon."""

    def keep_going(self) -> None:
        """Sees to it that runs that wait or train are worked on; called every few seconds."""


def executor() -> Executor:
    """The Ray cluster that `TFPLAY_RAY_ADDRESS` names, or else this machine."""
    if address := os.environ.get("TFPLAY_RAY_ADDRESS"):
        return RayExecutor(address)
    return LocalExecutor()
