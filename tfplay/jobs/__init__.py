"""Training in processes of their own, which outlive the page that started them.

`tfplay.jobs.training.train_run` trains in this process instead.
"""

from tfplay.jobs.control import (
    can_resume,
    looked_after,
    place_in_queue,
    prepare,
    resume,
    start,
    stop,
)

__all__ = [
    "can_resume",
    "looked_after",
    "place_in_queue",
    "prepare",
    "resume",
    "start",
    "stop",
]
