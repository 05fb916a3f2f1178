"""A transformer and a recurrent network with as many parameters, for the same task."""

from collections.abc import Callable
from typing import Any, NamedTuple

import keras

from tfplay.config import ModelConfig, count_parameters
from tfplay.experiments.recurrence.recall import RecallTask
from tfplay.models import build_model

NUM_LAYERS = 2
HIDDEN_DIM = 64
WIDEST = 512


class Network(NamedTuple):
    """A model of next tokens, and its two halves."""

    model: keras.Model
    """Token ids (B, T) -> logits (B, T, V)."""
    embed: Callable[[Any], Any]
    """Token ids (B, T) -> vectors (B, T, E)."""
    onward: Callable[[Any], Any]
    """Vectors (B, T, E) -> logits (B, T, V)."""


def build_transformer(task: RecallTask, length: int | None = None) -> Network:
    """A decoder-only transformer of TFPlay's own two blocks.

    Args:
        task: What it will learn.
        length: Positions that it has; `None` is as many as the task's sequences.
    """
    model = build_model(_transformer_config(task, length or task.length))
    return Network(model, model.embed, lambda x: model.unembed(model.decoder(x)))


def build_gru(task: RecallTask) -> Network:
    """Two `keras.layers.GRU`, so wide that they have as many parameters as the transformer.

    Cho et al. (2014), arXiv:1406.1078.
    """
    size = count_parameters(_transformer_config(task, task.length))
    width = min(range(1, WIDEST), key=lambda width: abs(_gru_parameters(task, width) - size))
    embedding = keras.layers.Embedding(task.vocabulary_size, width, name="embeddings")
    layers = [
        keras.layers.GRU(width, return_sequences=True, name=f"gru_{layer}")
        for layer in range(NUM_LAYERS)
    ]
    layers.append(keras.layers.Dense(task.vocabulary_size, name="token_prediction"))
    model = keras.Sequential([embedding, *layers], name="gru")
    model.build((None, None))
    return Network(model, embedding, keras.Sequential(layers))


def _transformer_config(task: RecallTask, length: int) -> ModelConfig:
    return ModelConfig(
        architecture="decoder-only",
        vocabulary_size=task.vocabulary_size,
        max_sequence_length=length,
        hidden_dim=HIDDEN_DIM,
        num_heads=4,
        num_layers=NUM_LAYERS,
        dropout=0.0,
        tie_embeddings=False,
    )


def _gru_parameters(task: RecallTask, width: int) -> int:
    """Embeddings, two layers of three gates with two biases each, and the projection to logits."""
    embeddings = task.vocabulary_size * width
    layer = 3 * (2 * width**2 + 2 * width)
    projection = (width + 1) * task.vocabulary_size
    return embeddings + NUM_LAYERS * layer + projection
