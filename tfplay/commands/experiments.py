"""The experiments of Break it: list them, or train what came with TFPlay anew."""

import argparse
import sys
from typing import Any

from tfplay.commands.progress import ProgressLine
from tfplay.errors import InputError
from tfplay.experiments import EXERCISES, fitting_experiments
from tfplay.experiments.record import trainings_of
from tfplay.experiments.recurrence import RECURRENCE, RESULT
from tfplay.store.files import write_json

HELP = "list the experiments of Break it, or train what is shown of them at once"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("action", choices=("list", "train"))
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help="all if none is named")
    parser.add_argument(
        "--again", action="store_true", help="train also what has been trained already"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Lists the experiments, or trains what is missing: interrupted, it goes on where it was."""
    known = [*EXERCISES, RECURRENCE]
    for name in options.subjects:
        if name not in known:
            raise InputError(f"There is no subject {name!r}; there are {', '.join(known)}.")
    subjects = options.subjects or known
    if options.action == "list":
        return {name: _describe(name) for name in subjects}
    return {name: _train(name, options.again) for name in subjects}


def _describe(subject: str) -> dict[str, Any]:
    if subject == RECURRENCE:
        return {"experiments": [RECURRENCE], "trainings": 2, "trained": 2 * RESULT.is_file()}
    paths = trainings_of(subject)
    return {
        "experiments": list(fitting_experiments(EXERCISES[subject].recipe())),
        "trainings": len(paths),
        "trained": sum(path.is_file() for path in paths),
    }


def _train(subject: str, again: bool) -> dict[str, int]:
    from tfplay.experiments.recording import make_record  # Keras takes seconds to import

    if subject == RECURRENCE:
        return _train_recurrence(again)
    trainings = trainings_of(subject)
    wanted = {path: each for path, each in trainings.items() if again or not path.is_file()}
    for number, recipe in enumerate(wanted.values(), start=1):
        print(f"{subject}: training {number} of {len(wanted)}", file=sys.stderr, flush=True)
        make_record(recipe, ProgressLine().show)
    return {"trainings": len(trainings), "trained_now": len(wanted)}


def _train_recurrence(again: bool) -> dict[str, int]:
    from tfplay.experiments.recurrence.measuring import measure_recurrence
    from tfplay.experiments.recurrence.recall import RecallTask

    if RESULT.is_file() and not again:
        return {"trainings": 2, "trained_now": 0}
    result = measure_recurrence(RecallTask(), report=_show)
    write_json(RESULT, result.to_json())
    return {"trainings": 2, "trained_now": 2}


def _show(what: str, share: float) -> None:
    print(f"{what} ({share:.0%})", file=sys.stderr, flush=True)
