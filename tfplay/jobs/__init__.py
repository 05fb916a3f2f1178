"""Training in a process of its own, so that it outlives the page that started it.

`tfplay.jobs.training.train_run` trains in this process instead; it stays out of here because it
brings Keras along.
"""

from tfplay.jobs.local import start, stop

__all__ = ["start", "stop"]
