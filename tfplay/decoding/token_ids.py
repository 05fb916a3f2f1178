"""Checks of token ids before a model reads them: compiled, it would accept any number."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from tfplay.errors import InputError


def check_token_ids(token_ids: Any, vocabulary_size: int) -> np.ndarray:
    """The token ids as an int32 array, if each is in the vocabulary.

    Args:
        token_ids: Whole numbers, of any shape; sequences in it are of one length.
        vocabulary_size: V; ids are from 0 to V - 1.

    Raises:
        InputError: One is outside the vocabulary or no whole number, or lengths differ.

    Example:
        >>> check_token_ids([[3, 1]], vocabulary_size=73)
        array([[3, 1]], dtype=int32)
    """
    try:
        ids = np.asarray(token_ids)
    except ValueError as error:  # NumPy has no rows of different lengths
        raise InputError(
            "The sequences of token ids have different lengths; they must have one length."
        ) from error
    if ids.size == 0:
        return ids.astype("int32")
    is_whole = np.full(ids.shape, ids.dtype.kind in "iu")
    if ids.dtype.kind == "f":
        is_whole = np.isfinite(ids) & (ids == np.trunc(ids))
    if not is_whole.all():
        raise InputError(f"The token id {ids[~is_whole][0]!s} is no whole number.")
    outside = ids[(ids < 0) | (ids >= vocabulary_size)]
    if outside.size:
        raise InputError(
            f"The token id {int(outside[0])} is outside the vocabulary of {vocabulary_size:,} "
            f"tokens; ids are from 0 to {vocabulary_size - 1:,}."
        )
    return ids.astype("int32")


def check_inputs(model: keras.Model, inputs: Mapping[str, Any]) -> None:
    """Checks all token ids among a model's inputs.

    Args:
        model: Any of the three architectures.
        inputs: The model's inputs; those named "token_ids" or "..._token_ids" are checked.

    Raises:
        InputError: For the reasons of `check_token_ids`.
    """
    for name, array in inputs.items():
        if name.endswith("token_ids"):
            check_token_ids(array, model.config.vocabulary_size)
