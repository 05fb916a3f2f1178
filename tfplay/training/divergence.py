"""What is reported when the loss is no longer a number: the step, and likely causes."""

import math
from collections.abc import Sequence

from tfplay.config import ModelConfig, TrainingConfig
from tfplay.errors import DivergenceError
from tfplay.training.progress import Progress

RISE = 1.5
"""A loss counts as rising once it is this many times its lowest value."""


def require_finite(
    loss: float,
    learning_rate: float,
    recent: Sequence[Progress],
    config: TrainingConfig,
    model_config: ModelConfig,
) -> None:
    """Raises a `DivergenceError` if the loss of a step is not a number.

    Args:
        loss: The loss of the step.
        learning_rate: The learning rate of the step.
        recent: The steps before this one, in order.
        config: How the model is trained.
        model_config: What the model is made of.
    """
    if math.isfinite(loss):
        return
    step = recent[-1].step + 1 if recent else 1
    sentences = [f"The loss became {loss} at step {step}."]
    if not recent:
        sentences.append("No step was made before, so it is not the learning rate.")
    else:
        sentences.append(_what_was_measured(recent))
    sentences.append(_what_to_try(learning_rate, config, model_config, is_first=not recent))
    raise DivergenceError(" ".join(sentences))


def _what_was_measured(recent: Sequence[Progress]) -> str:
    last, lowest = recent[-1].loss, min(progress.loss for progress in recent)
    if last > RISE * lowest:
        return f"It had risen from {lowest:.3g} to {last:.3g} within {len(recent)} steps."
    return f"One step before it was still {last:.3g}."


def _what_to_try(
    learning_rate: float, config: TrainingConfig, model_config: ModelConfig, is_first: bool
) -> str:
    """The likely causes, the likeliest first."""
    causes = []
    if model_config.normalization == "none":
        causes.append("the model has no normalisation, which keeps numbers from growing")
    if not is_first:
        causes.append(f"a learning rate of {learning_rate:g} may be too high: try a tenth of it")
    if not config.gradient_clip and not is_first:
        causes.append("the gradient is not clipped: try gradient_clip 1")
    if config.precision == "mixed_bfloat16":
        causes.append("mixed_bfloat16 has few digits: try float32")
    if not causes:
        causes.append("the data or the first weights hold numbers that are too large")
    return f"Likely causes: {'; '.join(causes)}."
