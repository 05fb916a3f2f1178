"""Jobs on this machine: one worker process for each run."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from tfplay.store import Recipe, Run, Status, create_run


def start(recipe: Recipe, data_path: Path) -> Run:
    """Starts training in a process of its own and returns at once.

    Args:
        recipe: What to train, and how.
        data_path: The data file; the run keeps a copy.

    Returns:
        The run; its `status()` and `metrics()` tell how it stands, here and in any other process.

    Raises:
        InputError: The recipe is impossible, or the run cannot be written.

    Example:
        >>> run = start(default_recipe("translation", "hin.tsv"), Path("hin.tsv"))
        >>> run.status().state
        'running'
    """
    recipe.model_config()  # an impossible one is told before anything is written
    run = create_run(recipe, data_path)
    with run.hold() as lock, open(run.path / "log.txt", "wb") as log:
        run.write_status(Status("running", "Starting."))
        worker = subprocess.Popen(
            [sys.executable, "-m", "tfplay.jobs.worker", str(run.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C in the app's terminal is not meant for it
            pass_fds=[lock],  # it holds the lock from its first moment to its last
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},  # it finds what we find
        )
    threading.Thread(target=worker.wait, daemon=True).start()  # no zombie is left
    return run


def stop(run: Run) -> None:
    """Asks the run's worker to stop after the current step; what was learned is kept."""
    run.request_stop()
