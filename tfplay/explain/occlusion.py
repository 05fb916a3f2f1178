"""What an answer rests on: the model is asked again with one thing missing at a time.

Zeiler and Fergus, 2013, arXiv:1311.2901, section 4.2; for words Li et al., 2016, arXiv:1612.08220.
"""

from collections.abc import Iterator, Mapping

import keras
import numpy as np

MOST_NUMBERS = 2**23
"""Logits held at once: 32 MiB. A batch that would have more is answered in parts."""


def eager_logits(model: keras.Model, inputs: Mapping[str, np.ndarray]) -> Iterator[np.ndarray]:
    """The logits of each example, in as few passes as the memory allows, and without compiling.

    Args:
        model: Any of the three architectures.
        inputs: As the model takes them, the first axis of each the example's (B).

    Example:
        >>> [logits.argmax() for logits in eager_logits(model, {"token_ids": token_ids})]
    """
    count = len(next(iter(inputs.values())))
    most, start = 1, 0  # the first alone says how many logits an example has
    while start < count:
        part = {name: array[start : start + most] for name, array in inputs.items()}
        logits = keras.ops.convert_to_numpy(model(part, training=False)).astype("float32")
        yield from logits
        start += most
        most = max(1, MOST_NUMBERS // logits[0].size)


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
