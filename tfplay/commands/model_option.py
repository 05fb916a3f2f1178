"""The option that says which model a command uses."""

from __future__ import annotations

import argparse
from pathlib import Path

from tfplay.errors import InputError
from tfplay.store import Model, find_opened, open_model, open_run
from tfplay.store.model import ABOUT
from tfplay.tasks import TrainedModel


def add_model_option(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Adds the option; without a default it must be given."""
    parser.add_argument(
        "--model",
        required=default is None,
        default=default,
        metavar="NAME_OR_DIR",
        help="a model's name, a run's id or its folder"
        + (" (default: %(default)s)" if default else ""),
    )


def open_asked(name: str) -> Model:
    """The model that the option names.

    Raises:
        InputError: There is no such model, or it is not trained yet.
    """
    if (Path(name) / ABOUT).is_file() or find_opened(name):
        return open_model(name)
    run = open_run(name)
    if not run.is_usable and (reason := run.not_yet()):
        raise InputError(f"The model of {run.title!r} cannot be used yet: {reason}.")
    return run.model


def open_trained(name: str, *tasks: str) -> TrainedModel:
    """A model, loaded.

    Args:
        name: The value of the option: a model's name, its folder or a run's id.
        *tasks: Tasks of which the model must have learned one; none means any.

    Raises:
        InputError: There is no such model, it is not trained yet or not whole, or it is for
            another task.
    """
    model = open_asked(name)
    if tasks and model.task not in tasks:
        raise InputError(
            f"The model of {model.title!r} learned {model.task}; "
            f"this takes one that learned {' or '.join(tasks)}."
        )
    return model.load()


def open_kept(name: str) -> Model:
    """A model that was fetched or added.

    Raises:
        InputError: There is none of this name.
    """
    model = find_opened(name)
    if model is None:
        raise InputError(
            f"There is no fetched or added model {name!r}; `models` lists those that there are."
        )
    return model
