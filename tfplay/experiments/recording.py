"""Training what an experiment compares, and keeping what pages draw of it."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras

import tfplay
from tfplay.errors import DivergenceError
from tfplay.experiments.measures import MOST_SNAPSHOTS, measure, some
from tfplay.experiments.probe import attention_entropy, frequency_loss, probe_model
from tfplay.experiments.record import RECORDS, TrainingRecord, record_path
from tfplay.jobs.training import train_run
from tfplay.recipes import Recipe
from tfplay.store import Run, Status, create_run, write_corpus
from tfplay.store.files import write_json
from tfplay.tasks import TASKS, TaskData, validation_sample

SAMPLED_TOKENS = 1000
"""Of the validation examples about so many tokens are read."""

EVERY = 10
"""Every so many steps, and the first, a line of metrics is kept."""

KEPT = ("loss", "accuracy", "learning_rate", "validation_loss", "validation_accuracy", "scores")
DIGITS = 5
"""Significant ones that are kept of metrics."""


def make_record(recipe: Recipe, on_status: Callable[[Status], Any] = lambda status: None) -> None:
    """Trains a recipe of a corpus and writes its record.

    Args:
        recipe: One of `tfplay.experiments.record.trainings_of`.
        on_status: Called as it goes on, a few times a second at most.
    """
    assert recipe.corpus and recipe.examples
    with TemporaryDirectory() as folder:
        data_path = write_corpus(recipe.corpus, recipe.examples, Path(folder))
        run = create_run(recipe, data_path, Path(folder, "run"))
        with run.hold(), suppress(DivergenceError):  # which the run's status tells
            train_run(run, on_status)
        record = _record(run)
    RECORDS.mkdir(exist_ok=True)
    write_json(record_path(recipe), record.to_json())
    keras.backend.clear_session()  # or the memory of all trainings adds up


def _record(run: Run) -> TrainingRecord:
    recipe, status, metrics = run.recipe, run.status(), run.metrics()
    task = TASKS[recipe.task]
    data = task.prepare(task.read(run.data_path), **recipe.data_settings())
    batches = validation_sample(data, SAMPLED_TOKENS)
    probe = probe_model(run.model.load().model, batches) if run.is_usable else None
    answers = run.samples()
    return TrainingRecord(
        recipe,
        measure(run, probe),
        [_thin(row) for row in metrics if row["step"] == 1 or row["step"] % EVERY == 0],
        _entropy(run, data),
        answers[-1]["samples"] if answers else [],
        frequency_loss(data, batches),
        hashlib.sha256(run.data_path.read_bytes()).hexdigest(),
        date.today().isoformat(),
        round(metrics[-1]["seconds"], 1),
        status.device or "",
        tfplay.__version__,
    )


def _entropy(run: Run, data: TaskData) -> dict[int, float]:
    batches = validation_sample(data, SAMPLED_TOKENS)
    return {
        step: attention_entropy(run.model.at(step).load().model, batches)
        for step in some(run.model.steps(), MOST_SNAPSHOTS)
    }


def _thin(row: Mapping[str, Any]) -> dict[str, Any]:
    """What charts draw of a line of metrics."""
    kept = {"step": row["step"]} | {name: row[name] for name in KEPT if row.get(name) is not None}
    kept.setdefault("validation_loss", None)
    norms = row.get("gradient_norms") or {}
    return _rounded(kept | {"gradient_norms": norms})


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return value
