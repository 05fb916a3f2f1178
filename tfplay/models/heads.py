"""The head that a configuration asks for."""

import keras

from tfplay.config import ModelConfig
from tfplay.layers import (
    ClassificationHead,
    MaskedLanguageModelHead,
    SpanHead,
    TokenClassificationHead,
    TokenPrediction,
)
from tfplay.models.base import make_initializer


def make_head(config: ModelConfig, dtype: keras.DTypePolicy) -> keras.layers.Layer | None:
    """The layer after the last block, built; `None` if the configuration has no head.

    Args:
        config: The model's configuration.
        dtype: The model's precision.
    """
    settings = {
        "kernel_initializer": make_initializer(config) or "glorot_uniform",
        "dtype": dtype,
        "name": config.head,
    }
    match config.head:
        case "masked_lm" if not config.use_prediction_layer:
            head = TokenPrediction(config.vocabulary_size, use_bias=True, **settings)
        case "masked_lm":
            head = MaskedLanguageModelHead(
                config.vocabulary_size,
                activation=config.prediction_activation,
                epsilon=config.prediction_epsilon or config.norm_epsilon,
                tie_embeddings=config.tie_prediction,
                **settings,
            )
        case "classification":
            # In a causal model only the last token has read all others.
            usual = "last" if config.architecture == "decoder-only" else "first"
            head = ClassificationHead(
                config.num_classes,
                pooling=config.pooling or usual,
                use_pooler=config.use_pooler,
                pooler_dim=config.head_layer_dim or None,
                second_dim=config.second_head_layer_dim or None,
                pooler_activation=config.head_layer_activation,
                dropout=config.dropout,
                **settings,
            )
        case "token_classification" if config.head_layer_dim:
            head = TokenClassificationHead(
                config.num_classes,
                config.head_layer_dim,
                activation=config.head_layer_activation,
                **settings,
            )
        case "token_classification":
            head = keras.layers.Dense(config.num_classes, **settings)
        case "span":
            head = SpanHead(**settings)
        case _:
            return None
    length = config.max_sequence_length if config.image_size else None
    head.build((None, length, config.hidden_dim))
    return head
