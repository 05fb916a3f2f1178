"""How long a training takes, estimated from earlier trainings on the same device."""

import math
from collections.abc import Sequence
from typing import NamedTuple

STEP_OVERHEAD = 0.004
"""Seconds of a step in which nothing is multiplied: choosing the batch, handing it over, telling
the loss. Processor time of a model that reads two tokens at a time was 3.6 ms on an AMD EPYC
(`python -m tests.benchmarks.estimates --speed`, the first line)."""

EFFICIENCY = 0.5
"""Speed of a training's multiply-adds, as a share of matrix products' alone: norms, softmax and the
optimizer only read and write. The same benchmark gave 0.57 for a small language model, 0.41 for a
translator."""

FIRST_START = 20.0
"""Seconds to start, read the data and compile, where no training has shown them yet. A small
translator took 29 s of processor time for it, a small language model 12 s."""

_FADING = 0.8
"""Weight of an earlier training relative to the next one: machines become busy or free."""


class PastTraining(NamedTuple):
    """What a training shows about the speed of its device."""

    multiply_adds: float
    """Multiply-adds of one step, forward and backward."""
    step_seconds: float
    """Seconds of one step."""
    start_seconds: float
    """Seconds for all but steps and validations: to read the data and to compile."""


def estimate_step_seconds(multiply_adds: float, past: Sequence[PastTraining]) -> float:
    """How long a step will take.

    A step is a constant overhead and multiply-adds at some speed. That speed is the weighted
    geometric mean of those that earlier trainings reached, as large models reach a higher one: a
    training counts the more, the nearer its steps' size and the newer it is.

    Args:
        multiply_adds: Multiply-adds of one step, forward and backward.
        past: Trainings on the same device, newest first; one at least.

    Example:
        >>> round(estimate_step_seconds(2e9, [PastTraining(1e9, 0.024, 8.0)]), 3)
        0.044
    """
    logarithms, weights = [], []
    for age, training in enumerate(past):
        computing = max(training.step_seconds - STEP_OVERHEAD, training.step_seconds / 2)
        distance = math.log2(multiply_adds / training.multiply_adds)
        logarithms.append(math.log(training.multiply_adds / computing))
        weights.append(_FADING**age / (1 + distance**2))
    mean = sum(w * x for w, x in zip(weights, logarithms, strict=True)) / sum(weights)
    return STEP_OVERHEAD + multiply_adds / math.exp(mean)


def as_past_training(products_per_second: float) -> PastTraining:
    """What to expect of a device of which only the speed of matrix products is known.

    Args:
        products_per_second: Multiply-adds a second in large matrix products.
    """
    speed = EFFICIENCY * products_per_second
    return PastTraining(speed, 1 + STEP_OVERHEAD, FIRST_START)
