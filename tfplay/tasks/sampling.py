"""A first look at data: how long its examples are, and what it determines of the model."""

import os
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from tfplay.tasks.base import Task
from tfplay.tasks.batches import Batch
from tfplay.text import Columns

MOST_EXAMPLES = 4000
MOST_CHARACTERS = 400_000
SAMPLED_BATCHES, _BATCH_SIZE = 32, 16


class DataSample(NamedTuple):
    """What some examples, or all, tell about the training on them."""

    share: float
    """Share of the data that was looked at, from 0 to 1."""
    tokens: float
    """Mean number of tokens that an example has, an encoder-decoder's source and target together;
    pixels of an image."""
    longest: tuple[int, int]
    """Positions of the longest sequence, padded, and of an encoder-decoder's longest source."""
    model_changes: dict[str, int]
    """Fields of `ModelConfig` that only the data can tell."""
    data: dict[str, int]
    """The amounts of data; estimated, if only a share was looked at."""


def sample_data(
    task: type[Task],
    path: str | os.PathLike,
    columns: Columns | None = None,
    **settings: Any,
) -> DataSample:
    """Reads data as a training would, at most 4,000 of its examples, and looks at some batches.

    Args:
        task: The task to learn.
        path: The file.
        columns: Which of its columns is what.
        **settings: The settings of `Task.prepare`.

    Raises:
        InputError: The data is not what the task needs.
    """
    examples = task.read(path, columns)
    some = _spread(examples)
    data = task.prepare(some, **settings)
    batches = list(islice(data.training_batches(_BATCH_SIZE, settings["seed"]), SAMPLED_BATCHES))
    tokens = np.mean([batch.num_tokens for batch in batches]) / _BATCH_SIZE
    share = len(some) / len(examples)
    changes = data.model_changes
    if share < 1:  # all of the data may fill the vocabulary
        changes = {name: changes[name] for name in changes if name != "vocabulary_size"}
    counts = {name: round(count / share) for name, count in data.describe().items()}
    return DataSample(share, float(tokens), longest_positions(batches), changes, counts)


def _spread(examples: Sequence[Any]) -> Sequence[Any]:
    """The beginning of a text, or examples from everywhere in a list, which may be sorted."""
    if isinstance(examples, str):
        return examples[:MOST_CHARACTERS]
    return examples[:: -(-len(examples) // MOST_EXAMPLES)]


def longest_positions(batches: Sequence[Batch]) -> tuple[int, int]:
    """Positions of the longest sequence and source; without a source the latter is as long."""
    lengths = {"encoder": 0, "decoder": 1}
    for batch in batches:
        for name, array in batch.inputs.items():
            if array.ndim == 2:
                side = "encoder" if name.startswith("encoder") else "decoder"
                lengths[side] = max(lengths[side], array.shape[1])
    return lengths["decoder"], lengths["encoder"] or lengths["decoder"]
