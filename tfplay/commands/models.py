"""List the models at hand; fetch, add, export, rename or delete one."""

import argparse
from typing import Any

from tfplay.commands import (
    models_add,
    models_delete,
    models_export,
    models_fetch,
    models_rename,
)
from tfplay.commands.model_description import describe
from tfplay.store import Run, list_opened, list_runs, list_shipped

HELP = "list models, fetch published ones, add your own, export them"

ACTIONS = {
    "add": models_add,
    "fetch": models_fetch,
    "export": models_export,
    "rename": models_rename,
    "delete": models_delete,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the actions; without one the models are listed."""
    subparsers = parser.add_subparsers(metavar="ACTION", title="actions (without one: list)")
    for name, action in ACTIONS.items():
        subparser = subparsers.add_parser(
            name, help=action.HELP, description=f"{action.HELP.capitalize()}."
        )
        subparser.set_defaults(run=action.run)
        action.add_arguments(subparser)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Lists the models: those trained here, newest first; those of others; those of TFPlay."""
    trained = [_describe_run(run) for run in list_runs() if run.is_usable]
    opened = [describe(model) for model in list_opened()]
    return {"models": [*trained, *opened, *map(_describe_run, list_shipped())]}


def _describe_run(run: Run) -> dict[str, Any]:
    result = run.status().result or {}
    return describe(run.model) | {"validation_loss": result.get("validation_loss")}
