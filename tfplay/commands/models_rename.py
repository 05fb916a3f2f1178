"""Give a model that was fetched or added another title."""

import argparse
from typing import Any

from tfplay.commands.model_option import open_kept
from tfplay.store import rename_opened

HELP = "give a fetched or added model another title"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the action takes."""
    parser.add_argument("name", metavar="NAME", help="the name it was fetched or added under")
    parser.add_argument("title", metavar="TITLE", help="what people shall call it")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Renames the model and tells its new title."""
    rename_opened(open_kept(options.name), options.title)
    return {"id": options.name, "title": open_kept(options.name).title}
