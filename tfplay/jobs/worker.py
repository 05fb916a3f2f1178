"""The worker process: `python -m tfplay.jobs.worker RUN`.

Without a run it gets ready, waits for a line of JSON on standard input that names a run and a
device, and then trains at once.
"""

import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path

import psutil

from tfplay.home import file_mode
from tfplay.jobs.compiled import compiled_steps_kept
from tfplay.jobs.devices import use_device
from tfplay.jobs.training import train_run
from tfplay.store import open_run

NICENESS = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10)  # Windows has classes
"""The app answers first, also while training uses every core."""


def main() -> None:
    """Trains a run; its status says how that ended."""
    with suppress(psutil.AccessDenied):  # it was made nicer still
        psutil.Process().nice(NICENESS)
    order = {"run": sys.argv[1]} if sys.argv[1:] else _wait_for_order()

    run = open_run(order["run"])
    signal.signal(signal.SIGTERM, lambda *_: run.request_stop())
    exit_code = 0
    try:
        with run.hold(), compiled_steps_kept():
            train_run(run)
    except Exception:  # the status tells the learner, the log tells us
        with suppress(OSError):  # if there is room for it
            traceback.print_exc()
        exit_code = 1
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(exit_code)  # TensorFlow takes a second to tidy up, and the next run waits for it


def _import_training() -> None:
    """Imports what takes seconds, and not what nobody asked for.

    Keras imports scikit-learn if it is there, for wrappers that we do not use, and does without it
    if it is not: a seventh of the time.
    """
    sys.modules["sklearn"] = None
    import tfplay.training.loop  # noqa: F401

    del sys.modules["sklearn"]


def _wait_for_order() -> dict[str, str]:
    _import_training()

    with suppress(OSError):  # on a full disk it is ready too
        print("A worker is ready.", flush=True)
    line = sys.stdin.readline()
    if not line:  # the supervisor is gone, and nothing was begun
        sys.exit()
    order = json.loads(line)
    use_device(order["device"])
    log = _open_log(order["run"])
    os.dup2(log, 1)
    os.dup2(log, 2)
    return order


def _open_log(folder: str) -> int:
    """Where all that is printed from now on goes."""
    try:
        path = Path(folder, "log.txt")
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, file_mode(path))
    except OSError:  # a full disk: the training tells it
        return os.open(os.devnull, os.O_WRONLY)


if __name__ == "__main__":
    main()
