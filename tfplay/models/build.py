"""A model from its configuration."""

import keras

from tfplay.config import ModelConfig
from tfplay.models.decoder_only import DecoderOnly
from tfplay.models.encoder_decoder import EncoderDecoder
from tfplay.models.encoder_only import EncoderOnly

_CLASSES = {model.architecture: model for model in (EncoderOnly, DecoderOnly, EncoderDecoder)}


def build_model(config: ModelConfig, dtype: str | None = None) -> keras.Model:
    """The model that the configuration describes, with fresh weights.

    Example:
        >>> model = build_model(preset("tiny", "decoder-only", vocabulary_size=65))
        >>> model.count_params()
    """
    return _CLASSES[config.architecture](config, dtype=dtype)
