"""Resume a training that was interrupted, from its last checkpoint."""

import argparse
from typing import Any

from tfplay.commands.train import train_here
from tfplay.jobs.control import make_ready_to_resume
from tfplay.store import open_run

HELP = "resume a training that was interrupted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("name", metavar="RUN", help="its folder, or its id")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Trains the remaining steps in this process."""
    run = open_run(options.name)
    make_ready_to_resume(run)
    return train_here(run)
