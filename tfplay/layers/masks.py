"""Masks: True = may attend / is a real token, everywhere."""

from typing import Any

from keras import ops

Tensor = Any


def causal_mask(target_length: int, source_length: int | None = None, start_index: Tensor = 0):
    """Mask under which a token attends up to and including its own position.

    Args:
        target_length: Number of queries (T).
        source_length: Number of keys (S); `None` is T.
        start_index: Position of the first query among the keys: 0, or with a cache the number of
            tokens that are in it already.

    Returns:
        Boolean mask (1, T, S); entry (i, j) is True where j <= start_index + i.
    """
    source_length = target_length if source_length is None else source_length
    query_positions = ops.arange(target_length, dtype="int32")[:, None] + start_index
    key_positions = ops.arange(source_length, dtype="int32")[None, :]
    return (key_positions <= query_positions)[None, :, :]


def combine_masks(*masks: Tensor | None) -> Tensor | None:
    """Joins masks that broadcast against each other by a logical and, passing over `None`.

    Returns:
        A boolean mask, or `None` where there is nothing to mask.
    """
    present = [ops.cast(mask, "bool") for mask in masks if mask is not None]
    if not present:
        return None
    joined = present[0]
    for mask in present[1:]:
        joined = ops.logical_and(joined, mask)
    return joined


def padding_attention_mask(padding_mask: Tensor | None) -> Tensor | None:
    """Turns a padding mask of the keys (B, S) into an attention mask (B, 1, S)."""
    return None if padding_mask is None else ops.expand_dims(padding_mask, axis=1)
