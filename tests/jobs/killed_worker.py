"""A worker that leaves a checkpoint after every step, so that it is often killed while writing one.

All workers are forked from a process that has imported TensorFlow, which takes longer than their
steps.
"""

import hashlib
from collections.abc import Iterable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from tests.training.samples import run_eagerly
from tfplay.jobs.training import train_run
from tfplay.store import open_run
from tfplay.store.checkpoint import MODEL
from tfplay.training import checkpoint


def start_worker(run: Path) -> tuple[BaseProcess, str]:
    """A process that trains the run, and a digest of the weights that it goes on from.

    The digest is "new" if there was no checkpoint.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    told, tells = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(run, tells))
    worker.start()
    return worker, told.recv()


def digest(arrays: Iterable[np.ndarray]) -> str:
    """Tells apart weights that differ in any bit."""
    total = hashlib.sha256()
    for array in arrays:
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()


def model_arrays(arrays: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Of a checkpoint's arrays the model's weights, in the order of their names."""
    return [arrays[name] for name in sorted(arrays) if name.startswith(MODEL)]


def _work(path: Path, tells: Connection) -> None:
    class Telling(checkpoint.Checkpointer):
        def restore(self):
            saved = super().restore()
            weights = {f"{MODEL}{each.path}": each.numpy() for each in self.model.weights}
            tells.send(digest(model_arrays(weights)) if saved else "new")
            return saved

    checkpoint.SECONDS_BETWEEN = 0.0
    checkpoint.LARGEST_SHARE = 1.0
    with pytest.MonkeyPatch.context() as patch:
        run_eagerly(patch)
        patch.setattr("tfplay.training.loop.Checkpointer", Telling)
        run = open_run(path)
        with run.hold():
            train_run(run)
