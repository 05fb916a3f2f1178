"""Foreign models, and their attention computed from their weights in plain NumPy."""

import keras
import numpy as np
from keras import layers

from tests.layers.samples import HEAD_DIM, HEADS, HIDDEN, SOURCE, TARGET, random_array, randomize

GROUPS = 2
"""Query heads that share keys, where some do."""


def plain_scores(
    layer: keras.Layer, query: np.ndarray, value: np.ndarray, allowed: np.ndarray
) -> np.ndarray:
    """softmax(Q K^T / sqrt(d)) of (T, E) and (S, E) under a mask (T, S): (H, T, S)."""
    queries, keys = (
        np.einsum("tm,mhd->htd", x, np.array(dense.kernel, "float64"))
        + np.array(dense.bias)[:, None]
        for x, dense in ((query, layer._query_dense), (value, layer._key_dense))
    )
    keys = np.repeat(keys, len(queries) // len(keys), axis=0)
    logits = queries @ keys.swapaxes(1, 2) / np.sqrt(queries.shape[-1])
    weights = np.where(allowed, np.exp(logits - logits.max(axis=-1, keepdims=True)), 0)
    return weights / weights.sum(axis=-1, keepdims=True)


def multi_head(**options) -> layers.Layer:
    return layers.MultiHeadAttention(HEADS, HEAD_DIM, **options)


def grouped(**options) -> layers.Layer:
    return layers.GroupQueryAttention(HEAD_DIM, HEADS * GROUPS, HEADS, **options)


def self_attending(layer: layers.Layer, **call) -> keras.Model:
    x = keras.Input((TARGET, HIDDEN))
    return randomize(keras.Model(x, layer(x, x, **call)))


def cross_attending(layer: layers.Layer) -> keras.Model:
    x, memory = keras.Input((TARGET, HIDDEN)), keras.Input((SOURCE, HIDDEN))
    return randomize(keras.Model([x, memory], layer(x, memory)))


def sequence(length: int = TARGET, seed: int = 1) -> np.ndarray:
    """One example, (1, length, E)."""
    return random_array(1, length, HIDDEN, seed=seed)
