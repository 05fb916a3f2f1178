"""The training loop."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from itertools import islice
from statistics import fmean
from typing import Any

import keras

from tfplay.config import TrainingConfig
from tfplay.tasks import TrainingData
from tfplay.training.checkpoint import Checkpointer, CheckpointKeeper
from tfplay.training.distribution import in_agreement, train_on_batch
from tfplay.training.divergence import require_finite
from tfplay.training.preparation import compile_for_training
from tfplay.training.progress import WINDOW, EarlyEnd, Progress, Speedometer, TrainingResult
from tfplay.training.schedules import WarmUpSchedule
from tfplay.training.validation import Validator


def train(
    model: keras.Model,
    data: TrainingData,
    config: TrainingConfig,
    on_step: Callable[[Progress], bool | None] = lambda progress: None,
    checkpoint: CheckpointKeeper | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    on_compile: Callable[[tuple[int, ...]], Any] = lambda shape: None,
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
        checkpoint: Keeps the newest checkpoint; the first is made before the first step. If there
            is one, training continues from it as if it had not been interrupted.
        should_stop: Called after every step and between the batches of a validation; it ends
            training as `on_step` does.
        on_compile: Called with a batch's shape, (B, T), before a step that compiles for it.

    Raises:
        DivergenceError: The loss is no longer a number.

    Example:
        >>> model = build_for_training(preset("tiny", "decoder-only", vocabulary_size=65), training)
        >>> result = train(model, data, training, on_step=lambda progress: print(progress.loss))
    """
    compile_for_training(model, config)
    validator = Validator(model, data, config, lambda: in_agreement(should_stop()))
    course = _Course(model, data, config, validator, Checkpointer(model, checkpoint))
    course.restore()
    for progress in course.steps(on_compile):
        asked_to_stop = in_agreement(on_step(progress) or should_stop())
        if asked_to_stop or course.is_over:
            break
        if course.checkpointer.is_due:
            course.save()
    stopped_early = course.end()
    validator.restore_best()
    return TrainingResult(
        steps=course.step,
        seconds=course.seconds,
        tokens_per_second=course.speedometer.tokens_per_second,
        train_loss=fmean(progress.loss for progress in course.recent),
        validation_loss=validator.last and validator.last.loss,
        best_validation_loss=validator.best and validator.best.loss,
        stopped_early=stopped_early,
    )


class _Course:
    """The steps of a training, from its first or from a checkpoint."""

    def __init__(
        self,
        model: keras.Model,
        data: TrainingData,
        config: TrainingConfig,
        validator: Validator,
        checkpointer: Checkpointer,
    ):
        self.model = model
        self.data = data
        self.config = config
        self.validator = validator
        self.checkpointer = checkpointer
        self.speedometer = Speedometer()
        self.recent: deque[Progress] = deque(maxlen=WINDOW)
        self.step = 0
        self.saved_step: int | None = None
        self.seconds_before = 0.0
        self.start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds since training began; the time during an interruption does not count."""
        return self.seconds_before + time.perf_counter() - self.start

    @property
    def is_over(self) -> bool:
        """Whether all steps have been made."""
        return self.step == self.config.steps or self.validator.is_out_of_patience

    def steps(self, on_compile: Callable[[tuple[int, ...]], Any]) -> Iterator[Progress]:
        """Makes all steps that are left, one each time the next progress is asked for."""
        if self.is_over:  # it was interrupted after its last step
            return
        model, config, speedometer = self.model, self.config, self.speedometer
        schedule = WarmUpSchedule.from_training_config(config)
        learning_rates = schedule.rates_from(self.step)
        batches = self.data.training_batches(config.batch_size, config.seed, self.step)
        for batch in islice(batches, config.steps - self.step):
            compiles_later = self.step == 0 and keras.backend.backend() == "tensorflow"
            if not model.run_eagerly and speedometer.is_new(batch) and not compiles_later:
                self.save()  # compiling takes long and cannot be interrupted
                on_compile(next(iter(batch.inputs.values())).shape)
            learning_rate = next(learning_rates)
            self.step += 1
            step_start = time.perf_counter()
            with _uncompiled(model) if compiles_later else nullcontext():
                logs = train_on_batch(model, batch)
            speedometer.add(batch, time.perf_counter() - step_start, not compiles_later)
            require_finite(logs["token_loss"], learning_rate, self.recent, config, model.config)

            is_due = self.step % config.evaluate_every == 0 or self.step == config.steps
            validation = self.validator.run() if is_due else None
            if validation:  # the last step's weights show only here
                require_finite(validation.loss, learning_rate, self.recent, config, model.config)
            progress = Progress(
                step=self.step,
                steps=config.steps,
                loss=logs["token_loss"],
                accuracy=logs["token_accuracy"],
                learning_rate=learning_rate,
                tokens=speedometer.tokens,
                seconds=self.seconds,
                tokens_per_second=speedometer.recent_tokens_per_second,
                remaining_seconds=(config.steps - self.step) * speedometer.seconds_per_step,
                validation_loss=validation and validation.loss,
                validation_accuracy=validation and validation.accuracy,
            )
            self.recent.append(progress)
            yield progress

    def restore(self) -> None:
        """Continues from the checkpoint, or makes the first one."""
        saved = self.checkpointer.restore()
        if saved is None:
            self.save()
            return
        figures, arrays = saved
        self.step = self.saved_step = figures["step"]
        self.seconds_before = figures["seconds"]
        self.speedometer.tokens = figures["tokens"]
        self.recent.extend(Progress(**progress) for progress in figures["recent"])
        self.validator.restore(figures["validation"], arrays)

    def end(self) -> EarlyEnd | None:
        """Makes the last checkpoint; returns why training ended early, if it did."""
        if not self.is_over:
            self._pause()
            return "request"
        if self.recent[-1].validation_loss is None:
            self.validator.run()
        self.save()
        return None if self.step == self.config.steps else "patience"

    def _pause(self) -> None:
        """Makes a checkpoint to continue from, unless its validation was cut short.

        Nothing more is measured: somebody who asked to stop does not want to wait.
        """
        is_validated = self.recent[-1].validation_loss is not None
        if is_validated or self.step % self.config.evaluate_every:
            self.save()
        if not is_validated:
            self.validator.last = None

    def save(self) -> None:
        """Makes a checkpoint of the current step, unless there is one already."""
        if self.step == self.saved_step:
            return
        self.saved_step = self.step
        validation, arrays = self.validator.state()
        figures = {
            "step": self.step,
            "seconds": self.seconds,
            "tokens": self.speedometer.tokens,
            "recent": [asdict(progress) for progress in self.recent],
            "validation": validation,
        }
        self.checkpointer.save(figures, arrays)


@contextmanager
def _uncompiled(model: keras.Model) -> Iterator[None]:
    """The first step is made without compiling, which would take ten times as long as the step.

    So there is something to see at once. Without dropout its numbers are those of a compiled step.
    """
    was_eager = model.run_eagerly
    model.run_eagerly = True
    try:
        yield
    finally:
        model.run_eagerly = was_eager
        model.train_function = None
