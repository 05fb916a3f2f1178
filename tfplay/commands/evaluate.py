"""Measure a trained model on a file: the scores of the task that it learned."""

import argparse
import sys
from typing import Any

from tfplay.commands.data_option import add_data_options, chosen_columns, data_file
from tfplay.commands.model_option import add_model_option, open_asked
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, check_pairs
from tfplay.text import Report
from tfplay.text.corpora import CORPORA

_LEARNED_PAIRS = 1000

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
    if options.limit is not None and options.limit < 1:
        raise InputError(f"--limit is {options.limit}; it must be at least 1.")
    model = open_asked(options.model)
    task = TASKS[model.task]
    path = data_file(options, model.task)
    report = Report()
    examples = task.read(path, chosen_columns(options), report)
    trained = model.load()
    if model.task == "translation":
        report.notes += check_pairs(trained, _learned_pairs(model), examples)
    print(report.text(), file=sys.stderr)
    scores = task.evaluate(trained, examples, options.limit)
    if not scores:
        raise InputError(f"No example in {path.name} is short enough for this model.")
    about = {"model": model.id, "task": model.task, "data": path.name, **scores}
    return about | {"reading": report.to_json()}


def _learned_pairs(model: Model) -> list[Any]:
    """Some of what a translator learned from; none if that is gone, or not known."""
    if model.learned_from is None:
        return []
    recipe, path = model.learned_from
    if corpus := CORPORA.get(recipe.corpus or recipe.data_name.partition(".")[0]):
        return corpus.examples("training", _LEARNED_PAIRS, 0)
    return model.read_data()[:_LEARNED_PAIRS] if path.is_file() else []
