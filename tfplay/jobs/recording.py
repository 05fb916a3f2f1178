"""What can be seen of a training while it runs and afterwards: metrics, answers, snapshots."""

import math
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from tfplay import training
from tfplay.errors import InputError
from tfplay.store import Run, plan_snapshots
from tfplay.tasks import TASKS, TrainedModel

DENSE_STEPS = 500
"""Each of so many first steps has a line of metrics, then every second of as many, then every
third...: some 3,000 lines for 100,000 steps, 7,500 for a billion. The same holds for validations,
which may come at every step.
"""

SCORED_EXAMPLES = 32
SAMPLES = 4

WATCHED_SHARE = 0.04
"""At most this share of the time goes into answers; a validation that comes too soon has none. The
first answers do not count: what they compile is needed in the end anyway.
"""


class Recorder:
    """Writes metrics, answers to a few validation examples, and snapshots into a run's folder.

    Args:
        run: Its model's size is known already.
        trained: The model that is trained.
        validation: Examples that it is not trained on; there may be none.
    """

    def __init__(self, run: Run, trained: TrainedModel, validation: Sequence[Any]):
        self.run = run
        self.trained = trained
        self.task = TASKS[trained.task]
        self.few = self.task.few(validation, SCORED_EXAMPLES)
        self.fewest = self.task.few(validation, SAMPLES)
        training = run.recipe.training
        self.planned = plan_snapshots(training.steps, run.config.parameters, training.snapshots)
        self.evaluate_every = training.evaluate_every
        self.has_watched = False
        self.start = time.monotonic()
        self.watched_seconds = 0.0

    def begin(self) -> None:
        """Call it when the model has its first weights."""
        if self.planned:
            self.run.save_snapshot(self.trained.model, 0)

    def on_step(self, progress: "training.Progress") -> None:
        """Call it after every step."""
        is_validated = progress.validation_loss is not None
        is_last = progress.step == progress.steps
        validations = progress.step // self.evaluate_every
        is_kept = is_last or (is_validated and _is_kept(validations))
        scores = self._watch(progress.step, is_last) if is_validated and is_kept else {}
        if is_kept or _is_kept(progress.step):
            norms = self.trained.model.optimizer.gradient_norms()
            line = {"gradient_norm": training.global_norm(norms), "gradient_norms": norms}
            self.run.add_metrics(asdict(progress) | line | ({"scores": scores} if scores else {}))
        if progress.step in self.planned:
            self.run.save_snapshot(self.trained.model, progress.step)

    def end(self, steps: int) -> None:
        """Call it when the model is what it stays, after so many steps."""
        if self.planned:  # with patience it is no longer what it was after the last step
            self.run.save_snapshot(self.trained.model, steps)

    def _watch(self, step: int, is_last: bool) -> dict[str, float]:
        """Keeps some answers, and returns the scores, if there is time."""
        share = self.watched_seconds / (time.monotonic() - self.start)
        if (share > WATCHED_SHARE and not is_last) or self.run.stop_requested:
            return {}
        start = time.monotonic()
        scores = {}
        with suppress(InputError):  # a few examples may have nothing to score, or be too long
            samples = self.task.sample(self.trained, self.fewest)[:SAMPLES]
            self.run.add_samples(step, [sample._asdict() for sample in samples])
            scores = self.task.quick_scores(self.trained, self.few)
        if self.has_watched:
            self.watched_seconds += time.monotonic() - start
        self.has_watched = True
        return scores


def _is_kept(number: int) -> bool:
    """Whether the step, or validation, of this number has a line; the later, the fewer have."""
    return number % max(1, math.ceil(number / DENSE_STEPS)) == 0
