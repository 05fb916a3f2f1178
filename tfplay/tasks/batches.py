"""The data for training: examples as arrays, in batches of few shapes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple, Protocol

import numpy as np

IGNORED = -1
"""The label of positions without a target, such as padding. Loss and metrics leave it out."""

SHORTEST_BUCKET = 16

BATCH_SIZE = 64
"""How many examples are answered at once."""


class Encoded(NamedTuple):
    """One example as a model reads it, without padding."""

    inputs: dict[str, Any]
    """Token or segment ids of T positions by the name of the input, or an image."""
    labels: list[int] | tuple[int, ...] | int
    """The target: a list has a label for each position; anything else is for the whole example."""

    @property
    def length(self) -> int:
        """Positions that its longest input takes (T); an image, which has none, counts as one."""
        return max(1 if name == "images" else len(ids) for name, ids in self.inputs.items())


class Batch(NamedTuple):
    """Some examples as arrays; the first axis of each is the example's."""

    inputs: dict[str, np.ndarray]
    """What the model is called with, each (B, T) or (B, S); images (B, height, width, channels)."""
    labels: np.ndarray
    """(B, T) int32: what to predict at each position, or `IGNORED`; (B,) or (B, 2) for the whole
    example."""

    @property
    def num_labels(self) -> int:
        """How many labels count."""
        return int(np.count_nonzero(self.labels != IGNORED))

    @property
    def num_tokens(self) -> int:
        """How many tokens, or pixels of images, the model reads; padding does not count."""
        masks = [array for name, array in self.inputs.items() if name.endswith("padding_mask")]
        counted = masks or [np.ones_like(array) for array in self.inputs.values()]
        return int(sum(np.count_nonzero(array) for array in counted))

    def take(self, rows: np.ndarray) -> "Batch":
        """The examples of these row numbers."""
        return Batch({name: array[rows] for name, array in self.inputs.items()}, self.labels[rows])


class TrainingData(Protocol):
    """What `tfplay.training.train` learns from."""

    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Batch]:
        """Endless, in an order that the seed draws; so many of the first are left out."""

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


def drawn_forever(
    buckets: Sequence[Batch], batch_size: int, seed: int, first: int = 0
) -> Iterator[Batch]:
    """Batches of one bucket each, all buckets as often as they have examples.

    Within a bucket each example comes once, in random order, before any comes again.

    Args:
        buckets: Examples of one length each.
        batch_size: Examples in a batch.
        seed: Draws the order.
        first: Number of the first batch that is wanted; those before it are drawn, but not made.
    """
    random = np.random.default_rng(seed)
    sizes = np.array([len(bucket.labels) for bucket in buckets])
    orders = [_Shuffled(size, random) for size in sizes]
    shares = np.cumsum(sizes) / sizes.sum()
    for number in count():
        index = int(np.searchsorted(shares, random.random(), side="right"))
        rows = orders[index].take(batch_size)
        if number >= first:
            yield buckets[index].take(rows)


class _Shuffled:
    """The numbers from 0 to below `size` in random order, again and again."""

    def __init__(self, size: int, random: np.random.Generator):
        self._size = size
        self._random = random
        self._left = np.zeros(0, dtype=int)

    def take(self, wanted: int) -> np.ndarray:
        """The next so many numbers."""
        parts = []
        while wanted:
            if not len(self._left):
                self._left = self._random.permutation(self._size)
            parts.append(self._left[:wanted])
            self._left = self._left[wanted:]
            wanted -= len(parts[-1])
        return np.concatenate(parts)


def make_buckets(examples: Iterable[Encoded], longest: int, pad_id: int) -> list[Batch]:
    """Examples of similar length together, each bucket padded to one length.

    Args:
        examples: None longer than `longest`.
        longest: The model's context, in tokens.
        pad_id: The token that fills up; `collate` says with what masks.
    """
    buckets = defaultdict(list)
    for example in examples:
        buckets[bucket_length(example.length, longest)].append(example)
    return [collate(buckets[length], length, pad_id) for length in sorted(buckets)]


def collate(examples: Sequence[Encoded], length: int, pad_id: int) -> Batch:
    """Examples as arrays, padded to one length.

    Every input of token ids gets its padding mask: "token_ids" a "padding_mask",
    "encoder_token_ids" an "encoder_padding_mask".
    """
    inputs = {}
    for name in examples[0].inputs:
        values = [example.inputs[name] for example in examples]
        if name == "images":
            inputs[name] = np.stack(values)
            continue
        inputs[name] = pad(values, length, pad_id if name.endswith("token_ids") else 0)
        if name.endswith("token_ids"):
            mask = pad([[1] * len(value) for value in values], length, 0)
            inputs[name.replace("token_ids", "padding_mask")] = mask.astype(bool)
    by_position = [each.labels for each in examples if isinstance(each.labels, list)]
    if by_position:
        return Batch(inputs, pad(by_position, length, IGNORED))
    return Batch(inputs, np.array([each.labels for each in examples], dtype="int32"))


def pad(sequences: Sequence[Sequence[int]], length: int, value: int) -> np.ndarray:
    """Sequences of different lengths as one array (B, length) int32, filled up with `value`."""
    padded = np.full((len(sequences), length), value, dtype="int32")
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = sequence
    return padded


def bucket_length(length: int, longest: int) -> int:
    """The length that sequences are padded to: 16, 24, 32, 48, 64, 96..., at most `longest`.

    Padding to few lengths costs little; compiling for every length would cost seconds each time.
    """
    power = max(SHORTEST_BUCKET, 1 << (length - 1).bit_length())
    between = 3 * power // 4
    fits = power > SHORTEST_BUCKET and length <= between
    return min(between if fits else power, longest)
