"""Train a model on a file and keep it in a run folder."""

import argparse
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tfplay.commands.data_option import add_data_options, data_file
from tfplay.commands.progress import ProgressLine
from tfplay.config.model import ARCHITECTURES
from tfplay.store import (
    MODEL_FIELDS,
    TRAINING_FIELDS,
    Run,
    create_run,
    default_recipe,
    delete_run,
)
from tfplay.text import TOKENIZERS

HELP = "train a model on a file"

CHANGES = (
    "steps",
    "seed",
    "batch_size",
    "learning_rate",
    "vocabulary_size",
    "tokenizer_kind",
)

EPILOG = f"""\
Tasks, and the files they learn from:
  translation     sentence pairs, two columns: .tsv .txt .csv .jsonl
  chat            conversations, a line each a list of {{"role", "content"}}: .jsonl
  language-model  text: .txt
  classification  texts and labels: .csv .tsv .jsonl
  tagging         words and tags (CoNLL): .conll .txt .tsv
  masked-words    text: .txt
  answers         passages, questions, answers (SQuAD): .json .jsonl
  images          labels and pixels: .csv
What is not given is as the task proposes. The settings that --set knows:
  data: validation_fraction
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


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Trains; if that fails before there is a model, no run folder stays behind."""
    given = {name: getattr(options, name) for name in CHANGES}
    changes = {name: value for name, value in given.items() if value is not None}
    data = data_file(options, options.task)
    recipe = default_recipe(options.task, data.name, options.preset, options.architecture)
    recipe = recipe.with_changes(changes | dict(options.settings))
    recipe.model_config()  # an impossible one is told before anything is written
    run = create_run(recipe, data, options.out)
    try:
        return _train(run)
    except BaseException:
        if not run.is_usable:
            delete_run(run)
        raise


def _train(run: Run) -> dict[str, Any]:
    from tfplay.jobs.training import train_run

    with run.hold(), _stopped_by_signals(run):
        return train_run(run, ProgressLine().show)


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
    """NAME=VALUE, where the value is JSON or else a word."""
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
