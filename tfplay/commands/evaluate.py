"""Measure a trained model on a file: the scores of the task that it learned."""

import argparse
from typing import Any

from tfplay.commands.data_option import add_data_options, data_file
from tfplay.commands.model_option import add_model_option
from tfplay.errors import InputError
from tfplay.store import open_run

HELP = "measure a trained model on a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    add_model_option(parser)
    add_data_options(parser, part="held-out", examples=500)
    parser.add_argument(
        "--limit", type=int, metavar="N", help="the most examples to answer; all if not given"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Measures the model."""
    from tfplay.tasks import TASKS

    if options.limit is not None and options.limit < 1:
        raise InputError(f"--limit is {options.limit}; it must be at least 1.")
    run = open_run(options.model)
    task = TASKS[run.recipe.task]
    path = data_file(options, task.name)
    examples = task.read(path)
    scores = task.evaluate(run.load(), examples, options.limit)
    if not scores:
        raise InputError(f"No example in {path.name} is short enough for this model.")
    return {"model": run.id, "task": task.name, "data": path.name, **scores}
