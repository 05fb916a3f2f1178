"""A worker that leaves a checkpoint after every step, so that it is often killed while writing one.

`python -m tests.jobs.killed_worker` gets ready, then trains the run that a line on standard input
names, and prints a digest of the weights that it goes on from.
"""

import hashlib
import sys
from collections.abc import Iterable

import numpy as np
import pytest

from tests.training.samples import run_eagerly
from tfplay.jobs.training import train_run
from tfplay.store import open_run
from tfplay.store.checkpoint import MODEL
from tfplay.training import checkpoint


def digest(arrays: Iterable[np.ndarray]) -> str:
    """Tells apart weights that differ in any bit."""
    total = hashlib.sha256()
    for array in arrays:
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()


def model_arrays(arrays: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Of a checkpoint's arrays the model's weights, in the order of their names."""
    return [arrays[name] for name in sorted(arrays) if name.startswith(MODEL)]


class _Telling(checkpoint.Checkpointer):
    def restore(self):
        saved = super().restore()
        weights = {f"{MODEL}{each.path}": each.numpy() for each in self.model.weights}
        print(digest(model_arrays(weights)) if saved else "new", flush=True)
        return saved


def main() -> None:
    checkpoint.SECONDS_BETWEEN = 0.0
    checkpoint.LARGEST_SHARE = 1.0
    with pytest.MonkeyPatch.context() as patch:
        run_eagerly(patch)
        patch.setattr("tfplay.training.loop.Checkpointer", _Telling)
        print("ready", flush=True)
        run = open_run(sys.stdin.readline().strip())
        with run.hold():
            train_run(run)


if __name__ == "__main__":
    main()
