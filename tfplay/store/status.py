"""How a run stands, and what it measured on the way: checked, as its files may be damaged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tfplay.config import JsonConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.store.records import (
    is_number,
    require_count,
    require_number,
    require_numbers_by_name,
    require_text,
)
from tfplay.untrusted import read_record

ACTIVE_STATES = ("queued", "running", "stopping")
ENDED_STATES = ("done", "stopped", "failed", "lost")
DIVERGED = "diverged"
"""The reason of a run that failed because its loss was no longer a number."""


@dataclass(frozen=True)
class Status(JsonConfig):
    """How a run stands.

    Attributes:
        state: `"queued"`, `"running"`, `"stopping"`, `"done"`, `"stopped"` (on request),
            `"failed"`, or `"lost"`: its process ended without a word.
        message: One sentence: what it is doing, or why it ended.
        pid: The process that trains or trained it.
        progress: The fields of the latest `tfplay.training.Progress`.
        result: What came of it, once it is done or stopped; `None` if it was stopped before it
            could say.
        device: What it computes on, such as "CPU, 2 cores" or "NVIDIA H200".
        precision: The dtype policy it computes with.
        memory_bytes: In use by it, on the GPU if it has one.
        reading: How its data file was read: which columns were taken, which rows left out and why.
        reason: What programs tell a failure by: `DIVERGED`; `None` for all others.
    """

    state: str = "queued"
    message: str = "Waiting to be started."
    pid: int | None = None
    progress: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    device: str | None = None
    precision: str | None = None
    memory_bytes: int | None = None
    reading: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.state not in ACTIVE_STATES + ENDED_STATES:
            raise InputError(f"{quoted(self.state)} is not the state of a run.")
        if self.reason not in (None, DIVERGED):
            raise InputError(f"{quoted(self.reason)} is not a reason why runs fail.")

    @property
    def is_active(self) -> bool:
        """Whether it has not ended."""
        return self.state in ACTIVE_STATES

    def with_ending(self, ending: Status) -> Status:
        """Ended like that; what was known before stays known."""
        return replace(
            self,
            state=ending.state,
            message=ending.message,
            result=ending.result,
            reason=ending.reason,
        )


def read_status(path: Path) -> Status:
    """The status in a file.

    Raises:
        InputError: It is missing or damaged.
    """
    data = read_record(path)
    try:
        status = Status.from_json(data)
        for name in ("message", "device", "precision", "reading"):
            require_text(data, name)
        for name in ("pid", "memory_bytes"):
            if data.get(name) is not None:
                require_count(data, name)
        if status.progress is not None:
            _check_progress(status.progress)
        if status.result is not None:
            _check_result(status.result)
    except InputError as error:
        raise InputError(f"{path.name} is damaged: {error}".rstrip(".") + ".") from error
    return status


def check_metrics(row: dict[str, Any]) -> None:
    """Raises an `InputError` unless a line of `metrics.jsonl` has what charts are drawn of."""
    _check_progress(row)
    if "gradient_norm" in row and not is_number(row["gradient_norm"]):
        raise InputError(f"its 'gradient_norm' is {quoted(row['gradient_norm'])}, not a number")
    for name in ("gradient_norms", "scores"):
        require_numbers_by_name(row, name)


def check_samples(row: dict[str, Any]) -> None:
    """Raises an `InputError` unless a line of `samples.jsonl` is a step and some answers."""
    require_count(row, "step")
    samples = row.get("samples")
    if not isinstance(samples, list) or not all(isinstance(each, dict) for each in samples):
        raise InputError("its 'samples' are not a list of objects")
    for sample in samples:
        for name in ("input", "output"):
            if not isinstance(sample.get(name), str):
                raise InputError(
                    f"the {name} of a sample is {quoted(sample.get(name))}, not a text"
                )
        require_text(sample, "wanted")


def check_figures(figures: Any) -> None:
    """Raises an `InputError` unless a checkpoint's figures are what training goes on from."""
    if not isinstance(figures, dict) or not isinstance(figures.get("recent"), list):
        raise InputError("its figures are not those of a training.")
    for name in ("step", "tokens"):
        require_count(figures, name)
    require_number(figures, "seconds")
    for progress in figures["recent"]:
        _check_progress(progress)
    validation = figures.get("validation")
    if not isinstance(validation, dict):
        raise InputError(f"its 'validation' is {quoted(validation)}, not an object.")
    require_count(validation, "runs_since_best")
    for name in ("last", "best"):
        values = validation.setdefault(name, None)
        is_pair = isinstance(values, list) and len(values) == 2 and all(map(is_number, values))
        if values is not None and not is_pair:
            raise InputError(f"its {name!r} validation is {quoted(values)}, not two numbers.")


_NUMBERS = ("loss", "accuracy", "learning_rate", "seconds", "tokens_per_second")


def _check_progress(data: Any) -> None:
    """The fields of a `tfplay.training.Progress`."""
    if not isinstance(data, dict):
        raise InputError(f"its 'progress' is {quoted(data)}, not an object.")
    for name in ("step", "steps", "tokens"):
        require_count(data, name)
    if not 0 <= data["step"] <= data["steps"]:
        raise InputError(f"its 'step' is {data['step']} of {data['steps']}")
    for name in (*_NUMBERS, "remaining_seconds"):
        require_number(data, name)
    for name in ("validation_loss", "validation_accuracy"):
        if data.setdefault(name, None) is not None:
            require_number(data, name)


def _check_baselines(baselines: Any) -> None:
    """Simpler methods: each a name and numbers."""
    if not isinstance(baselines, list) or not all(isinstance(each, dict) for each in baselines):
        raise InputError(f"its 'baselines' are {quoted(baselines)}, not a list of objects")
    for baseline in baselines:
        for name in baseline:
            (require_text if name == "name" else require_number)(baseline, name)


def _check_result(data: Any) -> None:
    """What `train_run` returns: numbers, but for a few names and what there is of the data."""
    if not isinstance(data, dict):
        raise InputError(f"its 'result' is {quoted(data)}, not an object.")
    for name, value in data.items():
        if name in ("run", "id", "stopped_early", "old_data"):
            require_text(data, name)
        elif name == "data":
            require_numbers_by_name(data, name)
        elif name == "baselines":
            _check_baselines(value)
        elif name == "reading":
            if not isinstance(value, dict):
                raise InputError(f"its 'reading' is {quoted(value)}, not an object")
        elif value is not None:
            require_number(data, name)
