"""What earlier runs tell about the speed of the device that trained them."""

from collections.abc import Iterable
from typing import NamedTuple

from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.estimates import count_multiply_adds
from tfplay.estimates.computation import TRAINING_FACTOR
from tfplay.estimates.duration import PastTraining
from tfplay.store.run import Run

FEWEST_STEPS = 20
"""A run of fewer tells nothing: its first steps compile."""


class DeviceHistory(NamedTuple):
    """Earlier trainings on one device."""

    device: str | None
    """Its name; `None` if nothing was trained yet, or before names were noted."""
    trainings: list[PastTraining]
    """Newest first."""


def device_history(runs: Iterable[Run], most: int = 12) -> DeviceHistory:
    """The trainings on the device that trained the newest run.

    Args:
        runs: Newest first.
        most: Older ones are left out.
    """
    history = DeviceHistory(None, [])
    for run in runs:
        if len(history.trainings) == most:
            break
        training = _past_training(run)
        if training is None:
            continue
        device = run.status().device
        if not history.trainings:
            history = DeviceHistory(device, [])
        if device == history.device:
            history.trainings.append(training)
    return history


def _past_training(run: Run) -> PastTraining | None:
    """`None` if the run has not ended, or too soon, or is damaged."""
    try:
        status, training, config = run.status(), run.recipe.training, run.model.config
    except InputError:
        return None
    result, progress = status.result, status.progress
    if not result or not progress or progress["step"] < FEWEST_STEPS:
        return None
    tokens = progress["tokens"] / progress["step"]
    if not result.get("tokens_per_second") or not result.get("seconds") or not tokens:
        return None
    step_seconds = tokens / result["tokens_per_second"]
    validations = progress["step"] // training.evaluate_every + 1
    validated = validations * validation_steps(
        result.get("data") or {}, config, training.batch_size
    )
    start = result["seconds"] - step_seconds * (progress["step"] + validated)
    multiply_adds = step_multiply_adds(config, training.batch_size, tokens)
    return PastTraining(multiply_adds, step_seconds, max(start, 0.0))


def step_multiply_adds(config: ModelConfig, batch_size: int, tokens: float) -> int:
    """Multiply-adds of a training step.

    Args:
        config: The model.
        batch_size: Sequences in a batch.
        tokens: Of a batch, without padding; an encoder-decoder reads half of them as sources.
    """
    stacks = 2 if config.architecture == "encoder-decoder" else 1
    length = max(1, round(tokens / batch_size / stacks))
    return TRAINING_FACTOR * batch_size * count_multiply_adds(config, length).total


def validation_steps(data: dict[str, int], config: ModelConfig, batch_size: int) -> float:
    """Training steps that take as long as one validation, which only goes forward.

    Args:
        data: What `TaskData.describe` says.
        config: The model.
        batch_size: Examples in a batch.
    """
    windows = data.get("validation_tokens", 0) / config.max_sequence_length
    examples = data.get("validation_examples", windows)
    return examples / batch_size / TRAINING_FACTOR
