"""How the learning rate changes from step to step."""

import math
from collections.abc import Iterator
from itertools import count
from typing import Any, Self

import keras
import numpy as np
from keras import ops

from tfplay.config import SCHEDULES, TrainingConfig
from tfplay.layers.attention import Tensor

_RATES_AT_ONCE = 1000

FINAL_SHARE = 0.1
"""Where the cosine ends, as a share of the highest rate."""


@keras.saving.register_keras_serializable(package="tfplay")
class WarmUpSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """A linear warm-up from 0, then a constant, a cosine or an inverse square root.

    With w warm-up steps and n steps, the highest rate is multiplied at step t (from 0) by
    (t + 1) / (w + 1) while t < w, and after that by

    - constant: 1
    - cosine: 0.1 + 0.9 (1 + cos(pi (t - w) / (n - w))) / 2  (Loshchilov and Hutter, 2016,
      arXiv:1608.03983)
    - inverse_sqrt: sqrt(w / t)  (Vaswani et al., 2017, arXiv:1706.03762)

    Args:
        learning_rate: The highest rate.
        schedule: `"constant"`, `"cosine"` or `"inverse_sqrt"`.
        steps: n.
        warmup_steps: w.

    Example:
        >>> schedule = WarmUpSchedule(1e-3, "cosine", steps=2000, warmup_steps=100)
        >>> round(float(schedule(100)), 6)
        0.001
    """

    def __init__(self, learning_rate: float, schedule: str, steps: int, warmup_steps: int):
        if schedule not in SCHEDULES:
            raise ValueError(f"schedule is {schedule!r}; it must be one of {', '.join(SCHEDULES)}.")
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.steps = steps
        self.warmup_steps = warmup_steps

    @classmethod
    def from_training_config(cls, config: TrainingConfig) -> Self:
        return cls(config.learning_rate, config.schedule, config.steps, config.warmup_steps)

    def rates_from(self, step: int) -> Iterator[float]:
        """The rates of a step and of all that follow, worked out some at a time."""
        for first in count(step, _RATES_AT_ONCE):
            yield from ops.convert_to_numpy(self(np.arange(first, first + _RATES_AT_ONCE))).tolist()

    def __call__(self, step: Tensor) -> Tensor:
        """The rate at a step, or at each of many; the first step is 0."""
        step = ops.cast(step, "float32")
        warm_up = ops.minimum((step + 1) / (self.warmup_steps + 1), 1.0)
        return self.learning_rate * warm_up * self._decay(ops.maximum(step, self.warmup_steps))

    def _decay(self, step: Tensor) -> Tensor | float:
        """The share of the highest rate at a step after the warm-up."""
        match self.schedule:
            case "cosine":
                progress = (step - self.warmup_steps) / max(self.steps - self.warmup_steps, 1)
                falling = (1 + ops.cos(math.pi * ops.minimum(progress, 1.0))) / 2
                return FINAL_SHARE + (1 - FINAL_SHARE) * falling
            case "inverse_sqrt":
                return ops.sqrt(max(self.warmup_steps, 1) / ops.maximum(step, 1.0))
            case _:
                return 1.0

    def get_config(self) -> dict[str, Any]:
        return {
            "learning_rate": self.learning_rate,
            "schedule": self.schedule,
            "steps": self.steps,
            "warmup_steps": self.warmup_steps,
        }
