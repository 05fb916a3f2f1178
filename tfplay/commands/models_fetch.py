"""Fetch a published model by its name; without a name, list those that can be fetched.

A name with an owner, as in "distilbert/distilgpt2", is asked of the Hugging Face Hub.
"""

import argparse
import sys
from typing import Any

from tfplay.checkpoints.catalogue import CATALOGUE
from tfplay.checkpoints.hub import look_up
from tfplay.commands.model_description import describe
from tfplay.store import fetch_hub_model, fetch_model

HELP = "fetch a published model, or list those that can be fetched"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the action takes."""
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help=f"{', '.join(CATALOGUE)}, or OWNER/NAME of the hub"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Fetches the model, with its progress on standard error, and tells what it is."""
    if options.name is None:
        return {"published": [_describe(name) for name in CATALOGUE]}
    progress = _Progress(options.name).show
    if "/" not in options.name:
        return describe(fetch_model(options.name, progress))
    found = look_up(options.name)
    licence = found.licence or "not told"
    print(f"{options.name}: {found.size / 1e6:,.0f} MB, licence: {licence}", file=sys.stderr)
    return describe(fetch_hub_model(found, progress))


def _describe(name: str) -> dict[str, Any]:
    entry = CATALOGUE[name]
    return {
        "name": name,
        "title": entry.title,
        "licence": entry.licence,
        "download_bytes": entry.download,
        "memory_bytes": entry.memory,
        "parameters": entry.parameters,
    }


class _Progress:
    """Tells of every tenth of a download."""

    def __init__(self, name: str):
        self.name, self.tenths = name, 0

    def show(self, done: int, total: int) -> None:
        if (tenths := 10 * done // total) > self.tenths:
            self.tenths = tenths
            print(f"{self.name}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB", file=sys.stderr)
