"""Measure a trained model on a file: the scores of the task that it learned."""

import argparse
import sys
from typing import Any

from tfplay.baselines import measure_baselines, verdict
from tfplay.commands.data_option import add_data_options, chosen_columns, data_file
from tfplay.commands.model_option import add_model_option, open_asked
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel, check_pairs
from tfplay.text import Report
from tfplay.text.corpora import CORPORA
from tfplay.text.report import counted

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
    print(report.text(task.about.unit), file=sys.stderr)
    scores = task.evaluate(trained, examples, options.limit)
    if not scores:
        raise InputError(f"No example in {path.name} is short enough for this model.")
    print(_scored_text(trained, examples, options.limit), file=sys.stderr)
    baselines = _baselines(model, trained, examples, options.limit)
    result = {"model": model.id, "task": model.task, "data": path.name, **scores} | baselines
    if told := verdict(model.task, result):
        print(told, file=sys.stderr)
    return result | {"reading": report.to_json()}


def _scored_text(trained: TrainedModel, examples: Any, limit: int | None) -> str:
    """How many examples were scored, and how many were not and why."""
    task = TASKS[trained.task]
    if isinstance(examples, str):
        windows = len(task.encode_all(examples, trained.input_format))
        return f"{counted(min(windows, limit or windows), 'window')} of the text scored."
    scored, fitting = (len(task.judged(trained, examples, most)) for most in (limit, None))
    told = f"{counted(scored, task.about.unit)} scored"
    if fitting < len(examples):
        told += f"; {len(examples) - fitting:,} left out: too long, or without a reply"
    if scored < fitting:
        told += f"; {fitting - scored:,} beyond the limit"
    return f"{told}."


def _baselines(
    model: Model, trained: TrainedModel, examples: Any, limit: int | None
) -> dict[str, Any]:
    """What simpler methods reach that learn from the same file as the model, if it is there."""
    if model.learned_from is None or not model.learned_from[1].is_file():
        return {}
    recipe = model.learned_from[0]
    print("Measuring simpler methods on the same examples.", file=sys.stderr)
    settings = recipe.data_settings() | {"tokenizer": trained.tokenizer}
    learned = TASKS[model.task].prepare(model.read_data(), **settings).training
    found = measure_baselines(trained, learned, examples, limit)
    return {"baselines": [baseline.to_json() for baseline in found]}


def _learned_pairs(model: Model) -> list[Any]:
    """Some of what a translator learned from; none if that is gone, or not known."""
    if model.learned_from is None:
        return []
    recipe, path = model.learned_from
    if corpus := CORPORA.get(recipe.corpus or recipe.data_name.partition(".")[0]):
        return corpus.examples("training", _LEARNED_PAIRS, 0)
    return model.read_data()[:_LEARNED_PAIRS] if path.is_file() else []
