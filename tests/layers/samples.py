"""Small arrays for the tests of layers and models: every axis is a different prime."""

import keras
import numpy as np

BATCH, TARGET, SOURCE, HEADS, HEAD_DIM = 2, 5, 7, 3, 11
JOINED = HEADS * HEAD_DIM  # the width at which Keras' own layers have such heads
HIDDEN, INTERMEDIATE, VOCABULARY = 29, 37, 41


def random_array(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def random_ids(*shape: int, below: int = VOCABULARY, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(below, size=shape, dtype="int32")


def some_padding(length: int) -> np.ndarray:
    """Padding mask (B, length): the last sequence ends with two padding tokens."""
    padding_mask = np.ones((BATCH, length), dtype=bool)
    padding_mask[-1, -2:] = False
    return padding_mask


def randomize(layer: keras.Layer, seed: int = 0) -> keras.Layer:
    """Gives every weight random values: fresh biases of 0 and norms of 1 would hide mistakes."""
    random = np.random.default_rng(seed)
    for weight in layer.weights:
        center = 1 if weight.name in ("gamma", "scale") else 0
        weight.assign(random.normal(center, 0.3, weight.shape))
    return layer
