"""What training reports while it runs and when it has ended."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from tfplay.tasks import Batch

WINDOW = 50
"""Steps over which running figures are taken."""

EarlyEnd = Literal["patience", "request"]
"""Why training ended before its last step."""


@dataclass(frozen=True)
class Progress:
    """How training stands after one step.

    Attributes:
        step: Which step, from 1.
        steps: How many there will be.
        loss: Cross-entropy of this step's batch in nats a token, without label smoothing.
        accuracy: Share of this batch's tokens predicted right, from 0 to 1.
        learning_rate: The learning rate of this step.
        tokens: Tokens read so far, without padding; pixels, if the model reads images.
        seconds: Since training began, compilation and validation included.
        tokens_per_second: Over the last 50 steps, from asking for a batch to having its loss. A
            shape's first step, which compiles, does not count; 0 until there is another.
        remaining_seconds: To the last step, as fast as the last 50; 0 until that is known.
        validation_loss: Nats per token, at the steps that end with a validation.
        validation_accuracy: From 0 to 1, at the same steps.
    """

    step: int
    steps: int
    loss: float
    accuracy: float
    learning_rate: float
    tokens: int
    seconds: float
    tokens_per_second: float
    remaining_seconds: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None


@dataclass(frozen=True)
class TrainingResult:
    """How training ended.

    Attributes:
        steps: How many were made.
        seconds: All in all, compilation and validation included.
        tokens_per_second: Over all steps but those that compiled.
        train_loss: Mean over the last 50 steps, in nats a token.
        validation_loss: Loss of the model's current weights; `None` without validation data.
        best_validation_loss: The lowest of all validations.
        stopped_early: `"patience"` (no better validation for too long), `"request"` (of `on_step`),
            or `None` if all steps were made.
    """

    steps: int
    seconds: float
    tokens_per_second: float
    train_loss: float
    validation_loss: float | None
    best_validation_loss: float | None
    stopped_early: EarlyEnd | None


class Speedometer:
    """How fast training steps are, not counting those that compile.

    Attributes:
        tokens: Read so far, in all steps; padding does not count.
    """

    def __init__(self) -> None:
        self.tokens = 0
        self._compiled_shapes: set[tuple[tuple[int, ...], ...]] = set()
        self._timed_tokens = 0
        self._timed_seconds = 0.0
        self._recent: deque[tuple[int, float]] = deque(maxlen=WINDOW)

    def is_new(self, batch: Batch) -> bool:
        """Whether a step on it compiles, because none was made on its shapes."""
        return _shapes(batch) not in self._compiled_shapes

    def add(self, batch: Batch, seconds: float, compiled: bool = True) -> None:
        """Records one step; `compiled` says whether compiled code made it."""
        num_tokens = batch.num_tokens
        self.tokens += num_tokens
        if not self.is_new(batch):
            self._timed_tokens += num_tokens
            self._timed_seconds += seconds
            self._recent.append((num_tokens, seconds))
        if compiled:
            self._compiled_shapes.add(_shapes(batch))

    @property
    def tokens_per_second(self) -> float:
        """Tokens per second over all timed steps; 0 while there is none."""
        return _rate([(self._timed_tokens, self._timed_seconds)])

    @property
    def recent_tokens_per_second(self) -> float:
        """Tokens per second over the last 50 timed steps; 0 while there is none."""
        return _rate(self._recent)

    @property
    def seconds_per_step(self) -> float:
        """Mean duration of the last 50 timed steps; 0 while there is none."""
        return sum(seconds for _, seconds in self._recent) / max(len(self._recent), 1)


def _shapes(batch: Batch) -> tuple[tuple[int, ...], ...]:
    return tuple(array.shape for array in batch.inputs.values())


def _rate(timed: Collection[tuple[int, float]]) -> float:
    seconds = sum(seconds for _, seconds in timed)
    return sum(tokens for tokens, _ in timed) / seconds if seconds else 0.0
