"""How well a model predicts, by the length of the context that it can look back at."""

from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.decoding import check_inputs, check_token_ids


class ContextBand(NamedTuple):
    """Predictions with about as much context.

    The context is the tokens that the decoder can look at, its own position included.
    """

    shortest: int
    longest: int

    @property
    def name(self) -> str:
        """The name that people read: "1", or "5–8"."""
        few = str(self.shortest)
        return few if self.shortest == self.longest else f"{few}–{self.longest}"

    @property
    def positions(self) -> slice:
        """The positions of a sequence, from 0, that have such a context."""
        return slice(self.shortest - 1, self.longest)


def token_losses(model: keras.Model, inputs: dict[str, Any], labels: np.ndarray) -> np.ndarray:
    """-log p(label) at each position, in nats.

    Args:
        model: One that predicts the next token.
        inputs: The model's inputs, (B, T) each.
        labels: (B, T) the targets; negative where there is none.

    Returns:
        (B, T), not a number where there is no target.

    Example:
        >>> losses = token_losses(model, {"token_ids": token_ids[:, :-1]}, token_ids[:, 1:])
        >>> np.nanmean(losses, axis=0)  # by the length of the context, from 1 token
    """
    check_inputs(model, inputs)
    check_token_ids(labels[labels >= 0], model.config.vocabulary_size)
    logits = ops.cast(model(inputs), "float32")
    losses = ops.sparse_categorical_crossentropy(np.maximum(labels, 0), logits, from_logits=True)
    return np.where(labels >= 0, ops.convert_to_numpy(losses), np.nan)


def context_bands(longest: int) -> list[ContextBand]:
    """Contexts of 1 token, 2, 3-4, 5-8, 9-16 and so on up to `longest` tokens.

    Example:
        >>> [band.name for band in context_bands(12)]
        ['1', '2', '3–4', '5–8', '9–12']
    """
    ends = [1]
    while ends[-1] < longest:
        ends.append(min(2 * ends[-1], longest))
    starts = [1, *(end + 1 for end in ends[:-1])]
    return [ContextBand(start, end) for start, end in zip(starts, ends, strict=True)]


def mean_and_error(losses: np.ndarray) -> tuple[float, float]:
    """The mean of all finite values and its standard error; not a number if there are none."""
    known = losses[~np.isnan(losses)]
    if not known.size:
        return float("nan"), float("nan")
    return float(known.mean()), float(known.std() / np.sqrt(known.size))
