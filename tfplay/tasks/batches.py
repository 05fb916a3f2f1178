"""What training takes: batches of arrays, and the data that gives them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

IGNORED = -1
"""A label that asks for no prediction: padding, for example. Loss and metrics leave it out."""

SHORTEST_BUCKET = 16


class Batch(NamedTuple):
    """Some examples as arrays; the first axis of each is the example's."""

    inputs: dict[str, np.ndarray]
    """What the model is called with, each (B, T) or (B, S)."""
    labels: np.ndarray
    """(B, T) int32: the token to predict at each position, or `IGNORED`."""

    @property
    def num_labels(self) -> int:
        """How many labels count."""
        return int(np.count_nonzero(self.labels != IGNORED))

    def take(self, rows: np.ndarray) -> "Batch":
        """The examples of these row numbers."""
        return Batch({name: array[rows] for name, array in self.inputs.items()}, self.labels[rows])


class TrainingData(Protocol):
    """What `tfplay.training.train` learns from."""

    def training_batches(self, batch_size: int, seed: int) -> Iterator[Batch]:
        """Endless, in an order that the seed draws."""

    def validation_batches(self, batch_size: int) -> Iterable[Batch]:
        """Every validation example once, always in the same order; none if there are none."""


def in_batches(examples: Batch, batch_size: int) -> Iterator[Batch]:
    """Cuts examples into batches of exactly one size, because a new shape is a new compilation.

    The last batch begins again with the first examples, whose labels are ignored this time.
    """
    for start in range(0, len(examples.labels), batch_size):
        rows = np.arange(start, start + batch_size)
        batch = examples.take(rows % len(examples.labels))
        batch.labels[rows >= len(examples.labels)] = IGNORED
        yield batch


def pad(sequences: Sequence[Sequence[int]], length: int, value: int) -> np.ndarray:
    """Sequences of different lengths as one array (B, length) int32, filled up with `value`."""
    padded = np.full((len(sequences), length), value, dtype="int32")
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = sequence
    return padded


def bucket_length(length: int, longest: int) -> int:
    """The power of two that holds so many tokens, at least 16 and at most `longest`.

    Padding to few lengths costs little; compiling for every length would cost seconds each time.
    """
    return min(max(SHORTEST_BUCKET, 1 << (length - 1).bit_length()), longest)
