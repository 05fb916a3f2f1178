"""Loss on the validation examples, and stopping early when it no longer falls."""

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.config import TrainingConfig
from tfplay.tasks import TrainingData
from tfplay.training.distribution import test_on_batch


class Validation(NamedTuple):
    """How well a model predicts examples it was not trained on."""

    loss: float
    """Mean cross-entropy over all labels that count, in nats a token."""
    accuracy: float
    """Share of labels predicted right, from 0 to 1."""


def validate(
    model: keras.Model,
    data: TrainingData,
    batch_size: int,
    should_stop: Callable[[], bool] = lambda: False,
) -> Validation | None:
    """Measures a compiled model on all validation batches.

    Args:
        model: What is measured.
        data: Gives the batches.
        batch_size: Sequences in one.
        should_stop: Called before every batch.

    Returns:
        `None` if there are no batches, or if it was to stop before the last.
    """
    values, weights = [], []
    for batch in data.validation_batches(batch_size):
        if should_stop():
            return None
        logs = test_on_batch(model, batch)
        values.append((logs["token_loss"], logs["token_accuracy"]))
        weights.append(batch.num_labels)
    if not values:
        return None
    loss, accuracy = np.average(values, axis=0, weights=weights)
    return Validation(float(loss), float(accuracy))


class Validator:
    """Validates a model again and again, and with `patience` remembers when it was best.

    Args:
        model: A compiled model.
        data: Gives the validation batches.
        config: Its `batch_size` and `patience` are used.
        should_stop: Called before every batch; a validation that it ends does not count.

    Attributes:
        last: The validation of the weights that the model has, once it was validated.
        best: The validation with the lowest loss so far.
    """

    def __init__(
        self,
        model: keras.Model,
        data: TrainingData,
        config: TrainingConfig,
        should_stop: Callable[[], bool] = lambda: False,
    ):
        self.model = model
        self.data = data
        self.config = config
        self.should_stop = should_stop
        self.last: Validation | None = None
        self.best: Validation | None = None
        self._best_weights: list[np.ndarray] | None = None
        self._runs_since_best = 0

    def run(self) -> Validation | None:
        """Validates the model as it is now.

        Returns:
            `None` if there is nothing to validate on, or it was to stop.
        """
        self.last = validate(self.model, self.data, self.config.batch_size, self.should_stop)
        if self.last is None:
            return None
        self._runs_since_best += 1
        if self.best is None or self.last.loss < self.best.loss:
            self.best = self.last
            self._runs_since_best = 0
            if self.config.patience:
                self._best_weights = self.model.get_weights()
        return self.last

    @property
    def is_out_of_patience(self) -> bool:
        """Whether too many validations in a row were no better than the best."""
        return 0 < self.config.patience <= self._runs_since_best

    def restore_best(self) -> None:
        """Gives the model its best weights back, if they were remembered."""
        if self._best_weights is not None:
            self.model.set_weights(self._best_weights)
            self.last = self.best

    def state(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """What `restore` takes: figures that JSON can hold, and arrays by name."""
        figures = {"last": self.last, "best": self.best, "runs_since_best": self._runs_since_best}
        best_weights = enumerate(self._best_weights or [])
        return figures, {f"best/{number}": weight for number, weight in best_weights}

    def restore(self, figures: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
        """Continues from what `state` returned."""
        self.last = figures["last"] and Validation(*figures["last"])
        self.best = figures["best"] and Validation(*figures["best"])
        self._runs_since_best = figures["runs_since_best"]
        names = [f"best/{number}" for number in range(len(arrays))]
        self._best_weights = [arrays[name] for name in names if name in arrays] or None
