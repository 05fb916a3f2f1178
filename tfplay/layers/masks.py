"""Masks: True = may attend / is a real token, everywhere."""

from typing import Any

from keras import ops
from keras.src.backend import get_keras_mask  # on JAX a tensor cannot carry a mask as an attribute

Tensor = Any


def causal_mask(
    target_length: int,
    source_length: int | None = None,
    start_index: Tensor = 0,
    window: int = 0,
) -> Tensor:
    """Mask under which a token attends up to and including its own position.

    Args:
        target_length: Number of queries (T).
        source_length: Number of keys (S); `None` is T.
        start_index: Position of the first query among the keys: 0, or with a cache the number of
            tokens that are in it already.
        window: How many tokens a token attends to, itself the last of them (Beltagy et al., 2020,
            arXiv:2004.05150); 0 is all.

    Returns:
        Boolean mask (1, T, S); entry (i, j) is True where j <= start_index + i and, with a window,
        j > start_index + i - window.
    """
    source_length = target_length if source_length is None else source_length
    query_positions = ops.arange(target_length, dtype="int32")[:, None] + start_index
    key_positions = ops.arange(source_length, dtype="int32")[None, :]
    allowed = key_positions <= query_positions
    if window:
        allowed = ops.logical_and(allowed, key_positions > query_positions - window)
    return allowed[None, :, :]


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


def real_tokens(
    x: Tensor, padding_mask: Tensor | None = None, name: str = "padding_mask"
) -> Tensor | None:
    """Which tokens of a sequence are real, by the mask that is given or that Keras carries.

    Args:
        x: (B, T, E). It may carry a mask of Keras' own, from `Embedding(mask_zero=True)` for
            example.
        padding_mask: (B, T), or `None`.
        name: The caller's name of the padding mask, for errors.

    Returns:
        Boolean (B, T): real in both masks if there are both; `None` without any.

    Raises:
        ValueError: The padding mask's shape is not (B, T).
    """
    if padding_mask is not None and not _fits(padding_mask.shape, x.shape[:2]):
        raise ValueError(
            f"{name} has shape {tuple(padding_mask.shape)}; it must have one value a token, "
            f"{tuple(x.shape[:2])}."
        )
    return combine_masks(padding_mask, get_keras_mask(x))


def mask_of_heads(attention_mask: Tensor | None, logits_shape: tuple) -> Tensor | None:
    """Gives an attention mask the rank of the attention logits, as Keras' own layer does.

    Args:
        attention_mask: (T, S), (B, T, S), (B, H, T, S), or with a 1 for any of those.
        logits_shape: (B, H, T, S).

    Returns:
        A boolean mask that broadcasts to (B, H, T, S): (T, S) becomes (1, 1, T, S) and (B, T, S)
        becomes (B, 1, T, S).

    Raises:
        ValueError: The mask has another rank or does not broadcast.
    """
    if attention_mask is None:
        return None
    shape = tuple(attention_mask.shape)
    expected = {2: logits_shape[2:], 3: (logits_shape[0], *logits_shape[2:]), 4: logits_shape}
    if not _fits(shape, expected.get(len(shape), ())):
        raise ValueError(
            f"attention_mask has shape {shape}; it must be or broadcast to (T, S), (B, T, S) or "
            f"(B, H, T, S), here {', '.join(str(tuple(each)) for each in expected.values())}."
        )
    mask = ops.cast(attention_mask, "bool")
    for _ in range(4 - len(shape)):
        mask = ops.expand_dims(mask, axis=-3)
    return mask


def token_positions(padding_mask: Tensor | None) -> Tensor | None:
    """Position of each token among the real ones of its row, so that padding is not counted.

    Args:
        padding_mask: (B, T), or `None`.

    Returns:
        (B, T) int32 from 0; `None` without a mask: each token stands where it is.
    """
    if padding_mask is None:
        return None
    return ops.maximum(ops.cumsum(ops.cast(padding_mask, "int32"), axis=1) - 1, 0)


def _fits(shape: tuple, expected: tuple) -> bool:
    """Whether an array of this shape broadcasts to the other; `None` may be any length."""
    return len(shape) == len(expected) and all(
        length in (None, 1, wanted) or wanted is None
        for length, wanted in zip(shape, expected, strict=True)
    )
