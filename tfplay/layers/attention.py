"""Scaled dot-product attention, beside the formula."""

import math
from typing import Any, NamedTuple

import keras
from keras import ops

from tfplay.layers.masks import mask_of_heads

Tensor = Any


class AttentionTrace(NamedTuple):
    """Every intermediate value of one attention layer.

    Grouped-query attention shows its keys and values repeated, one a query head.
    """

    query: Tensor
    """(B, H, T, D): what each token looks for."""
    key: Tensor
    """(B, H, S, D): what each token offers."""
    value: Tensor
    """(B, H, S, D): what each token passes on."""
    attention_logits: Tensor
    """(B, H, T, S): scaled products of queries and keys, before mask and softmax."""
    attention_scores: Tensor
    """(B, H, T, S): after the softmax; each row sums to 1 over the allowed keys."""
    head_outputs: Tensor
    """(B, H, T, D): scores times values, before W_O."""
    output: Tensor
    """(B, T, E): the heads joined and mixed by W_O."""


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None = None,
    scale: float | None = None,
    bias: Tensor | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Attention(Q, K, V) = softmax(Q K^T / sqrt(d_k)) V  (Vaswani et al., 2017, arXiv:1706.03762).

    The softmax is computed in float32 whatever the inputs' type, and so are the logits of float16,
    which overflows early. Forbidden keys get a score of exactly 0; a row with no allowed key is all
    zeros.

    Args:
        query: (B, H, T, D).
        key: (B, H, S, D).
        value: (B, H, S, D).
        attention_mask: Boolean (T, S), (B, T, S), (B, H, T, S); True = may attend.
        scale: Multiplies Q K^T; `None` is 1 / sqrt(D).
        bias: Added to the attention logits, to which it broadcasts: relative positions.

    Returns:
        Output (B, H, T, D), attention logits and attention scores (both (B, H, T, S)).

    Example:
        >>> x = keras.random.normal((2, 3, 5, 11))
        >>> output, logits, scores = scaled_dot_product_attention(query=x, key=x, value=x)
    """
    scale = 1.0 / math.sqrt(query.shape[-1]) if scale is None else scale
    query = query * scale
    if keras.backend.standardize_dtype(query.dtype) == "float16":
        # The product of numbers that float16 can hold may be one that it cannot.
        query, key = ops.cast(query, "float32"), ops.cast(key, "float32")
    attention_logits = ops.matmul(query, ops.swapaxes(key, -1, -2))
    if bias is not None:
        attention_logits = attention_logits + ops.cast(bias, attention_logits.dtype)
    attention_mask = mask_of_heads(attention_mask, attention_logits.shape)
    attention_scores = masked_softmax(attention_logits, attention_mask)
    output = ops.matmul(ops.cast(attention_scores, value.dtype), value)
    return output, attention_logits, attention_scores


def single_query_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scale: float,
    bias: Tensor | None = None,
) -> Tensor:
    """The output of `scaled_dot_product_attention` for one query: a step of cached decoding.

    It multiplies and sums: for one query of one sequence XLA's matrix products are slower on a CPU,
    for many sequences they are faster.

    Args:
        query: (B, H, 1, D).
        key: (B, H, S, D).
        value: (B, H, S, D).
        attention_mask: Boolean, broadcasts to (B, H, 1, S); True = may attend.
        scale: Multiplies Q K^T.
        bias: Added to the attention logits, to which it broadcasts.

    Returns:
        (B, H, 1, D).
    """
    query, key, values = (ops.cast(x, "float32") for x in (query, key, value))  # the type to sum in
    attention_logits = ops.sum(query * scale * key, axis=-1)[:, :, None, :]
    if bias is not None:
        attention_logits = attention_logits + ops.cast(bias, "float32")
    attention_scores = masked_softmax(attention_logits, attention_mask)
    by_key = ops.swapaxes(attention_scores, -1, -2)  # (B, H, S, 1)
    return ops.cast(ops.sum(by_key * values, axis=2, keepdims=True), value.dtype)


def masked_softmax(attention_logits: Tensor, attention_mask: Tensor | None) -> Tensor:
    """Softmax over the last axis in float32, exactly 0 where the mask is False.

    Args:
        attention_logits: (B, H, T, S).
        attention_mask: Boolean, broadcasts to the logits, or `None`.

    Returns:
        Attention scores (B, H, T, S) in float32.
    """
    attention_logits = ops.cast(attention_logits, "float32")
    if attention_mask is None:
        return ops.softmax(attention_logits, axis=-1)
    # A finite minimum: with -inf a row without any allowed key would be NaN.
    masked_logits = ops.where(attention_mask, attention_logits, -1e30)
    return ops.where(attention_mask, ops.softmax(masked_logits, axis=-1), 0.0)
