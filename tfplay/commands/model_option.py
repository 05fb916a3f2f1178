"""The option that says which model a command uses."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tfplay.errors import InputError
from tfplay.store import open_run
from tfplay.text import Tokenizer

if TYPE_CHECKING:
    import keras


def add_model_option(parser: argparse.ArgumentParser) -> None:
    """Adds the option."""
    parser.add_argument("--model", required=True, metavar="DIR", help="a run folder or a run's id")


def open_trained(name: str, architecture: str) -> tuple[keras.Model, Tokenizer]:
    """The model and the tokenizer of a run.

    Args:
        name: What the option was given: a run folder or a run's id.
        architecture: What the command needs.

    Raises:
        InputError: There is no such run, it has no whole model, or one of another architecture.
    """
    run = open_run(name)
    found = run.model_config().architecture
    if found != architecture:
        raise InputError(f"The model of {run.title!r} is {found}; this takes one {architecture}.")
    return run.load_model(), run.load_tokenizer()
