"""Whether the server can do what it promises: queue, supervisor, disk."""

import os
import shutil

from tfplay.errors import InputError
from tfplay.home import home, make_folder
from tfplay.jobs.local import SUPERVISOR_LOCK
from tfplay.jobs.queue import JobQueue
from tfplay.jobs.supervisor import HEARTBEAT
from tfplay.store.lock import is_held, is_silent

LEAST_FREE_BYTES = 200_000_000
"""A model and its checkpoint want as much."""
SECONDS_TO_START = 10.0
"""A supervisor that is needed is there within this time."""


def ailments() -> list[str]:
    """What is unwell, a sentence each; none if all is well."""
    try:
        return [*_of_disk(), *_of_queue()]
    except (InputError, OSError) as error:
        return [str(error)]


def free_bytes() -> int:
    """What is left on the disk on which everything is kept."""
    return shutil.disk_usage(home()).free


def _of_disk() -> list[str]:
    make_folder(home())
    if not os.access(home(), os.W_OK):
        return [f"{home()} cannot be written."]
    if (free := free_bytes()) < LEAST_FREE_BYTES:
        least = LEAST_FREE_BYTES / 1e6
        return [f"The disk has {free / 1e6:,.0f} MB left; it should have {least:,.0f} MB."]
    return []


def _of_queue() -> list[str]:
    queue = JobQueue(home())
    if not queue.path.exists() or not queue.jobs():
        return []
    if is_held(home(), SUPERVISOR_LOCK):
        if is_silent(home() / HEARTBEAT):
            return ["The supervisor of trainings does not answer."]
    elif (seconds := queue.longest_wait()) > SECONDS_TO_START:
        return [f"A training has waited for {seconds:,.0f} s, and there is no supervisor."]
    return []
