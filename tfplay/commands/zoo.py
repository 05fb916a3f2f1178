"""The models that come with TFPlay: list, make anew, measure, and learn when to trust them."""

import argparse
import time
from pathlib import Path
from typing import Any

from tfplay.commands.progress import ProgressLine
from tfplay.errors import InputError
from tfplay.store import Model, list_shipped
from tfplay.zoo import (
    ZOO,
    ZooModel,
    evaluate_model,
    falls_short,
    measure_snapshots,
    measure_trust,
    train_model,
    trust_model,
)
from tfplay.zoo.entries import zoo_model
from tfplay.zoo.evaluation import not_at_hand
from tfplay.zoo.tatoeba import MISSING

HELP = "list, train or measure the models that come with TFPlay, or learn when to trust them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("action", choices=("list", "train", "trust", "snapshots", "evaluate"))
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all if none is named")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where a trained model is put, if not in its place"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Lists, trains or measures the models, or learns when to trust them."""
    entries = [zoo_model(name) for name in options.names] or list(ZOO.values())
    if options.action == "list":
        return {"models": [_describe(run.model) for run in list_shipped()]}
    if options.action == "train":
        if not options.names:
            raise InputError(f"Name the models to train, of {', '.join(ZOO)}.")
        if options.out and len(entries) > 1:
            raise InputError("--out is a place for one model; name only one.")
        return {
            entry.name: train_model(entry, ProgressLine().show, options.out) for entry in entries
        }
    if options.action == "trust":
        return {entry.name: trust_model(entry) for entry in entries}
    if options.action == "snapshots":
        return {entry.name: measure_snapshots(entry) for entry in entries if entry.with_snapshots}
    start = time.perf_counter()
    figures = {entry.name: evaluate_model(entry) for entry in entries}
    short = [line for entry in entries for line in falls_short(entry, figures[entry.name])]
    trust = {entry.name: measure_trust(entry) for entry in entries}
    return {
        **figures,
        "trust": trust,
        "falls_short": short,
        "not_measured": [line for entry in entries for line in _not_measured(entry)],
        "seconds": round(time.perf_counter() - start, 1),
    }


def _not_measured(entry: ZooModel) -> list[str]:
    """A sentence for each figure whose examples are not on this machine."""
    return [f"{entry.name}, {figure.name}: {MISSING}" for figure in not_at_hand(entry)]


def _describe(model: Model) -> dict[str, Any]:
    return {
        "name": model.id,
        "title": model.title,
        "task": model.task,
        "architecture": model.config.architecture,
        "parameters": model.parameters,
    }
