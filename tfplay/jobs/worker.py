"""The worker process: `python -m tfplay.jobs.worker RUN`."""

import signal
import sys

from tfplay.jobs.training import train_run
from tfplay.store import open_run


def main() -> None:
    """Trains the run named on the command line; its status says how that ended."""
    run = open_run(sys.argv[1])
    signal.signal(signal.SIGTERM, lambda *_: run.request_stop())
    train_run(run)


if __name__ == "__main__":
    main()
