"""Checkpoints: saved now and then, they let training continue as if it was never interrupted."""

import time
from typing import Any, Protocol

import keras
import numpy as np
from keras import ops

from tfplay.errors import InputError

SECONDS_BETWEEN = 10.0
LARGEST_SHARE = 0.05
"""At most this share of the time is spent on checkpoints."""


class CheckpointKeeper(Protocol):
    """Keeps the newest checkpoint."""

    def save(self, arrays: dict[str, np.ndarray], figures: dict[str, Any]) -> None:
        """Keeps arrays, and figures that JSON can hold, whole or not at all."""

    def load(self) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
        """What was saved last; `None` if nothing was."""


class Checkpointer:
    """Saves a model in training, with its optimizer's memory and its random states.

    Args:
        model: A compiled model.
        keeper: Keeps what is saved; `None` keeps nothing.
    """

    def __init__(self, model: keras.Model, keeper: CheckpointKeeper | None):
        self.model = model
        self.keeper = keeper
        self._due = 0.0

    @property
    def is_due(self) -> bool:
        """Whether the newest checkpoint is old enough for another to be worth its time."""
        return time.monotonic() >= self._due

    def save(self, figures: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
        """Saves the model as it is now, with whatever else is needed to continue."""
        if self.keeper is None:
            return
        start = time.monotonic()
        variables = _variables(self.model).items()
        state = {name: np.asarray(ops.convert_to_numpy(value)) for name, value in variables}
        self.keeper.save(state | arrays, figures)
        seconds = time.monotonic() - start
        self._due = start + max(SECONDS_BETWEEN, seconds / LARGEST_SHARE)

    def restore(self) -> tuple[dict[str, Any], dict[str, np.ndarray]] | None:
        """Restores the model from the checkpoint; returns what else it holds, or `None`."""
        saved = None if self.keeper is None else self.keeper.load()
        if saved is None:
            return None
        arrays, figures = saved
        variables = _variables(self.model)
        for name, variable in variables.items():
            if name not in arrays or arrays[name].shape != tuple(variable.shape):
                raise InputError(f"The checkpoint is of another model: {name} does not fit.")
        for name, variable in variables.items():
            variable.assign(arrays.pop(name))
        return figures, arrays


def _variables(model: keras.Model) -> dict[str, keras.Variable]:
    """The weights by their paths; seeds and the optimizer's memory in order."""
    weights = {f"model/{weight.path}": weight for weight in model.weights}
    known = {id(weight) for weight in model.weights}
    seeds = [variable for variable in model.variables if id(variable) not in known]
    others = enumerate([*seeds, *model.optimizer.variables])
    return weights | {f"other/{number}": variable for number, variable in others}
