"""The option that says which model a command uses."""

from __future__ import annotations

import argparse

from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.tasks import TrainedModel


def add_model_option(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Adds the option; without a default it must be given."""
    parser.add_argument(
        "--model",
        required=default is None,
        default=default,
        metavar="NAME_OR_DIR",
        help="a shipped model's name, a run's id or its folder"
        + (" (default: %(default)s)" if default else ""),
    )


def open_trained(name: str, *tasks: str) -> TrainedModel:
    """A model, loaded.

    Args:
        name: The value of the option: a shipped model's name, a run folder or a run's id.
        *tasks: Tasks of which the model must have learned one; none means any.

    Raises:
        InputError: There is no such model, it is not whole, or it is for another task.
    """
    model = open_model(name)
    if tasks and model.task not in tasks:
        raise InputError(
            f"The model of {model.title!r} learned {model.task}; "
            f"this takes one that learned {' or '.join(tasks)}."
        )
    return model.load()
