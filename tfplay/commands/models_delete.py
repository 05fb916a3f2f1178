"""Delete a model that was fetched or added."""

import argparse
from typing import Any

from tfplay.commands.model_option import open_kept
from tfplay.store import delete_opened

HELP = "delete a fetched or added model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the action takes."""
    parser.add_argument("name", metavar="NAME", help="the name it was fetched or added under")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Deletes the model for good."""
    delete_opened(open_kept(options.name))
    return {"deleted": options.name}
