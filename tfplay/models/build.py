"""A model from its configuration."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import keras

from tfplay.config import ModelConfig
from tfplay.models.decoder_only import DecoderOnly
from tfplay.models.encoder_decoder import EncoderDecoder
from tfplay.models.encoder_only import EncoderOnly

_CLASSES = {model.architecture: model for model in (EncoderOnly, DecoderOnly, EncoderDecoder)}


def build_model(config: ModelConfig, dtype: str | None = None, empty: bool = False) -> keras.Model:
    """The model that the configuration describes.

    Args:
        config: What it is made of.
        dtype: Its precision; `None` is Keras' own.
        empty: Let its weights be 0, which saves the time to draw them at random, since others are
            assigned to them anyway.

    Example:
        >>> model = build_model(preset("tiny", "decoder-only", vocabulary_size=65))
        >>> model.count_params()
    """
    made = replace(config, initializer_range=0.0) if empty else config
    model = _CLASSES[config.architecture](made, dtype=dtype)
    model.config = config
    return model


def weight_shapes(config: ModelConfig) -> dict[str, tuple[int, ...]]:
    """The shape of each weight by its path, without the memory that the weights would take.

    Example:
        >>> shapes = weight_shapes(preset("gpt2-small"))
        >>> shapes["embeddings/token_embedding/embeddings"]
        (50257, 768)
    """

    def build() -> dict[str, tuple[int, ...]]:
        with keras.StatelessScope(initialize_variables=False):
            model = _CLASSES[config.architecture](config)
        return {weight.path: tuple(weight.shape) for weight in model.weights}

    # Keras keeps a list of weights that still want values, one a thread: it ends with this one.
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(build).result()
