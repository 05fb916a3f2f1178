"""The training loop."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from statistics import fmean

import keras
import numpy as np
from keras import ops

from tfplay.config import TrainingConfig
from tfplay.errors import InputError
from tfplay.tasks import TrainingData
from tfplay.training.preparation import compile_for_training
from tfplay.training.progress import WINDOW, Progress, Speedometer, TrainingResult
from tfplay.training.schedules import WarmUpSchedule
from tfplay.training.validation import Validator


class TrainingError(InputError):
    """Training cannot go on."""


def train(
    model: keras.Model,
    data: TrainingData,
    config: TrainingConfig,
    on_step: Callable[[Progress], bool | None] = lambda progress: None,
) -> TrainingResult:
    """Trains a model in place.

    It is validated every `evaluate_every` steps and at the end. With `patience` the model ends up
    with the weights of its best validation, without it with its last.

    Args:
        model: From `build_for_training`, or one trained before.
        data: Gives the batches.
        config: How to train.
        on_step: Called after every step; if it returns true, training stops and the model keeps
            what it has learned.

    Raises:
        TrainingError: The loss is no longer a number.

    Example:
        >>> model = build_for_training(preset("tiny", "decoder-only", vocabulary_size=73), config)
        >>> train(model, data, config, on_step=lambda progress: print(progress.loss))
    """
    start = time.perf_counter()
    compile_for_training(model, config)
    speedometer = Speedometer()
    validator = Validator(model, data, config)
    recent_losses = deque(maxlen=WINDOW)
    stopped_early = None
    for progress in _steps(model, data, config, speedometer, validator):
        recent_losses.append(progress.loss)
        asked_to_stop = on_step(progress)
        if progress.step == config.steps:
            break
        if asked_to_stop or validator.is_out_of_patience:
            stopped_early = "request" if asked_to_stop else "patience"
            break
    if progress.validation_loss is None:
        validator.run()
    validator.restore_best()
    return TrainingResult(
        steps=progress.step,
        seconds=time.perf_counter() - start,
        tokens_per_second=speedometer.tokens_per_second,
        train_loss=fmean(recent_losses),
        validation_loss=validator.last and validator.last.loss,
        best_validation_loss=validator.best and validator.best.loss,
        stopped_early=stopped_early,
    )


def _steps(
    model: keras.Model,
    data: TrainingData,
    config: TrainingConfig,
    speedometer: Speedometer,
    validator: Validator,
) -> Iterator[Progress]:
    """Makes all steps, one each time the next progress is asked for."""
    start = time.perf_counter()
    schedule = WarmUpSchedule.from_training_config(config)
    learning_rates = ops.convert_to_numpy(schedule(np.arange(config.steps))).tolist()
    batches = data.training_batches(config.batch_size, config.seed)
    for step, learning_rate in enumerate(learning_rates, start=1):
        step_start = time.perf_counter()
        batch = next(batches)
        logs = model.train_on_batch(*batch, return_dict=True)
        speedometer.add(batch, time.perf_counter() - step_start)
        _require_finite(logs["token_loss"], step, learning_rate)

        is_due = step % config.evaluate_every == 0 or step == config.steps
        validation = validator.run() if is_due else None
        yield Progress(
            step=step,
            steps=config.steps,
            loss=logs["token_loss"],
            accuracy=logs["token_accuracy"],
            learning_rate=learning_rate,
            tokens=speedometer.tokens,
            seconds=time.perf_counter() - start,
            tokens_per_second=speedometer.recent_tokens_per_second,
            remaining_seconds=(config.steps - step) * speedometer.seconds_per_step,
            validation_loss=validation and validation.loss,
            validation_accuracy=validation and validation.accuracy,
        )


def _require_finite(loss: float, step: int, learning_rate: float) -> None:
    if not math.isfinite(loss):
        raise TrainingError(
            f"The loss became {loss} at step {step}: a learning rate of {learning_rate:g} is "
            "probably too high for this model; a tenth of it is worth a try."
        )
