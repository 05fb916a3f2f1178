"""Train a model on a file and keep it in a run folder."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfplay.baselines import verdict
from tfplay.commands.data_option import (
    add_data_options,
    chosen_columns,
    data_file,
    data_name,
    named_corpus,
)
from tfplay.commands.progress import ProgressLine
from tfplay.config.model import ARCHITECTURES
from tfplay.errors import InputError
from tfplay.jobs.training import train_run
from tfplay.recipes import (
    DATA_FIELDS,
    LEARNS,
    MODEL_FIELDS,
    TRAINING_FIELDS,
    Recipe,
    Start,
    default_recipe,
    fit_to_amount,
)
from tfplay.recipes.text import OPTIONS, with_corpus
from tfplay.store import Run, create_run, delete_run, start_from_model
from tfplay.tasks import TASKS
from tfplay.text import TOKENIZERS

HELP = "train a model on a file"

_TASKS = "\n".join(
    f"  {name:<14}  {task.about.reads}: {' '.join(task.about.formats)}"
    for name, task in TASKS.items()
)

EPILOG = f"""\
Tasks, and the files they learn from:
{_TASKS}
What is not given is as the task proposes. For a file, unless --steps or --set is given, steps,
dropout and vocabulary follow the amount of data, and training ends when validation gets no better,
with the best weights. The settings that --set knows:
  data: {" ".join(DATA_FIELDS)}
  training: {" ".join(TRAINING_FIELDS)}
  model: {" ".join(MODEL_FIELDS)}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.epilog = EPILOG
    parser.add_argument("--task", required=True, metavar="NAME", help="one of those below")
    add_data_options(parser, part="training", examples=20_000)
    parser.add_argument("--out", type=Path, metavar="DIR", help="the run folder, new or empty")
    parser.add_argument("--architecture", choices=ARCHITECTURES, help="if the task has several")
    parser.add_argument("--preset", metavar="NAME", help="such as tiny, small, medium, gpt2-small")
    _add_start_options(parser)
    parser.add_argument("--steps", type=int, metavar="N")
    parser.add_argument("--seed", type=int, metavar="N")
    parser.add_argument("--batch-size", type=int, metavar="N")
    parser.add_argument("--learning-rate", type=float, metavar="RATE")
    parser.add_argument("--vocabulary-size", type=int, metavar="N", help="the most tokens")
    parser.add_argument("--tokenizer", dest="tokenizer_kind", choices=TOKENIZERS)
    parser.add_argument(
        "--set",
        dest="settings",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any setting below; may be given several times",
    )


def _add_start_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--start-from", metavar="NAME", help="a model to train further, its shape and vocabulary"
    )
    parser.add_argument("--learns", choices=LEARNS, help="what of that model (default: all)")
    parser.add_argument("--blocks", type=int, metavar="N", help="of last_blocks (default: 1)")
    parser.add_argument("--rank", type=int, metavar="N", help="of lora (default: 8)")
    parser.add_argument(
        "--projections",
        type=lambda text: tuple(text.split(",")),
        metavar="NAMES",
        help="of lora, such as query,value (the default)",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Trains a model; if that fails before there is one, no run folder stays behind."""
    data = data_file(options, options.task)
    recipe = make_recipe(options)
    recipe.model_config()  # raises for an impossible recipe before anything is written
    if recipe.corpus is None and options.steps is None and not options.settings:
        examples = TASKS[recipe.task].read(data, recipe.columns)
        recipe = fit_to_amount(recipe, None if isinstance(examples, str) else len(examples))
    if os.environ.get("KERAS_DISTRIBUTION_PROCESS_ID", "0") != "0":
        with TemporaryDirectory() as folder:  # only the first of several machines keeps the run
            return train_here(create_run(recipe, data, Path(folder, "run")))
    run = create_run(recipe, data, options.out)
    try:
        return train_here(run)
    except BaseException:
        if not run.is_usable:
            delete_run(run)
        raise


def make_recipe(options: argparse.Namespace) -> Recipe:
    """The recipe that the options describe; the data need not exist.

    Raises:
        InputError: There is no such task or setting, or a value is impossible.
    """
    name = data_name(options)
    start = _start(options)
    recipe = default_recipe(options.task, name, options.preset, options.architecture, start)
    given = {name: getattr(options, name) for name in OPTIONS}
    changes = {name: value for name, value in given.items() if value is not None}
    recipe = recipe.with_changes(changes | dict(options.settings))
    recipe = replace(recipe, columns=chosen_columns(options))
    corpus = named_corpus(options)
    if corpus is None:
        return recipe
    recipe = with_corpus(recipe, corpus, options.examples)
    # A link can only stand for the training part.
    return recipe if options.part == "training" else replace(recipe, corpus=None, examples=None)


def _start(options: argparse.Namespace) -> Start | None:
    """The model to start from; `None` is from scratch."""
    chosen = {name: getattr(options, name) for name in ("learns", "blocks", "rank", "projections")}
    chosen = {name: value for name, value in chosen.items() if value is not None}
    if options.start_from is not None:
        return start_from_model(options.start_from, **chosen)
    if chosen:
        raise InputError(f"--{min(chosen)} is for a model to --start-from.")
    return None


def train_here(run: Run) -> dict[str, Any]:
    """Trains a run, or continues it, in this process.

    Raises:
        KeyboardInterrupt: It was stopped before there was a model.
    """
    with run.hold(), _stopped_by_signals(run):
        result = train_run(run, ProgressLine().show)
    if result is None:
        raise KeyboardInterrupt
    if told := verdict(run.recipe.task, result):
        print(told, file=sys.stderr)
    return result


@contextmanager
def _stopped_by_signals(run: Run) -> Iterator[None]:
    """Ctrl-C and SIGTERM stop the training after its current step, a second Ctrl-C at once."""

    def stop(*_: Any) -> None:
        run.request_stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _setting(text: str) -> tuple[str, Any]:
    """A setting from NAME=VALUE, where the value is JSON or a word."""
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
