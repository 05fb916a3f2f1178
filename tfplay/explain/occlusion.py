"""What an answer depends on: the model is asked again with one part of the input left out.

Zeiler and Fergus, 2013, arXiv:1311.2901, section 4.2; for words Li et al., 2016, arXiv:1612.08220.
"""

from collections.abc import Iterator, Mapping

import keras
import numpy as np

from tfplay.config import ModelConfig
from tfplay.decoding import check_inputs

MOST_NUMBERS = 2**23
"""Logits held at once: 32 MiB. A batch that would have more is answered in parts."""


def eager_logits(model: keras.Model, inputs: Mapping[str, np.ndarray]) -> Iterator[np.ndarray]:
    """The logits of each example, in as few passes as the memory allows, and without compiling.

    Args:
        model: Any of the three architectures.
        inputs: The model's inputs; the first axis of each is the examples' (B).

    Example:
        >>> [logits.argmax() for logits in eager_logits(model, {"token_ids": token_ids})]
    """
    check_inputs(model, inputs)
    count, length = next(iter(inputs.values())).shape[:2]
    most = max(1, MOST_NUMBERS // _num_logits(model.config, length))
    for start in range(0, count, most):
        part = {name: array[start : start + most] for name, array in inputs.items()}
        yield from keras.ops.convert_to_numpy(model(part, training=False)).astype("float32")


def _num_logits(config: ModelConfig, length: int) -> int:
    """How many logits an example of this many tokens has."""
    per_token = {"token_classification": config.num_classes, "span": 2}
    if config.head == "classification":
        return config.num_classes
    return length * per_token.get(config.head, config.vocabulary_size)


def without_patches(image: np.ndarray, patch_size: int) -> np.ndarray:
    """A picture many times over, each time with another patch black.

    Args:
        image: (height, width, channels).
        patch_size: Side of a patch.

    Returns:
        (patches, height, width, channels), row by row.
    """
    height, width, _ = image.shape
    rows, columns = height // patch_size, width // patch_size
    covered = np.repeat(image[None], rows * columns, axis=0)
    for number, (row, column) in enumerate(np.ndindex(rows, columns)):
        top, left = row * patch_size, column * patch_size
        covered[number, top : top + patch_size, left : left + patch_size] = 0
    return covered
