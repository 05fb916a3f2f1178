"""Loss on examples that are not trained on, and what follows from it."""

from typing import NamedTuple

import keras
import numpy as np

from tfplay.config import TrainingConfig
from tfplay.tasks import TrainingData


class Validation(NamedTuple):
    """How well a model predicts examples it was not trained on."""

    loss: float
    """Mean cross-entropy over all labels that count, in nats a token."""
    accuracy: float
    """Share of labels predicted right, from 0 to 1."""


def validate(model: keras.Model, data: TrainingData, batch_size: int) -> Validation | None:
    """Measures a compiled model on all validation batches; `None` if there are none."""
    values, weights = [], []
    for batch in data.validation_batches(batch_size):
        logs = model.test_on_batch(*batch, return_dict=True)
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
        config: Its `batch_size` and `patience` matter.

    Attributes:
        last: The validation of the weights that the model has, once it was validated.
        best: The validation with the lowest loss so far.
    """

    def __init__(self, model: keras.Model, data: TrainingData, config: TrainingConfig):
        self.model = model
        self.data = data
        self.config = config
        self.last: Validation | None = None
        self.best: Validation | None = None
        self._best_weights: list[np.ndarray] | None = None
        self._runs_since_best = 0

    def run(self) -> Validation | None:
        """Validates the model as it is now; `None` if there is nothing to validate on."""
        self.last = validate(self.model, self.data, self.config.batch_size)
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
