"""Small models and inputs for them: every axis is a different prime."""

from dataclasses import replace
from typing import Any

import numpy as np

from tests.layers.samples import (
    BATCH,
    HEAD_DIM,
    HEADS,
    HIDDEN,
    INTERMEDIATE,
    SOURCE,
    TARGET,
    VOCABULARY,
    random_ids,
    randomize,
    some_padding,
)
from tfplay.config import ModelConfig
from tfplay.models import TransformerModel, build_model

POSITIONS = {
    "learned": {"position": "learned"},
    "sinusoidal": {"position": "sinusoidal"},
    "rotary": {"position": "rotary", "head_dim": 2 * HEAD_DIM},  # turns pairs
}
PUBLISHED = {
    "normed heads and a window": POSITIONS["rotary"]
    | {"use_qk_norm": True, "qkv_bias": True, "use_bias": False, "attention_window": 3},
    "stretched, every second block unrotated": POSITIONS["rotary"]
    | {"rotary_factor": 3.0, "rotary_original_length": 11, "unrotated_every": 2},
    "relative": {"position": "relative", "relative_buckets": 6, "relative_max_distance": 5},
    "own embeddings and an output bias": {
        "share_positions": False,
        "share_embeddings": False,
        "use_final_norm": False,
        "normalize_embeddings": True,
        "output_bias": True,
        "scale_logits": True,
    },
    "sines before cosines": {"position": "sinusoidal", "sinusoidal_layout": "halves"},
}
"""What single families of published models have."""
MODERN = POSITIONS["rotary"] | {
    "num_kv_heads": 1,
    "activation": "swiglu",
    "normalization": "rms_norm",
    "use_bias": False,
    "tie_embeddings": False,
}


def tiny_config(architecture: str, **changes: Any) -> ModelConfig:
    sizes = {
        "vocabulary_size": VOCABULARY,
        "max_sequence_length": 13,
        "hidden_dim": HIDDEN,
        "num_heads": HEADS,
        "head_dim": HEAD_DIM,
        "intermediate_dim": INTERMEDIATE,
    }
    return ModelConfig(architecture, **(sizes | changes))


def tiny_model(architecture: str, dtype: str | None = None, **changes: Any) -> TransformerModel:
    return randomize(build_model(tiny_config(architecture, **changes), dtype=dtype))


def copy_of(model: TransformerModel, **changes: Any) -> TransformerModel:
    """The same weights, as far as the changed configuration has them, in a new model."""
    copy = build_model(replace(model.config, **changes))
    weights = {weight.path: weight for weight in model.weights}
    for weight in copy.weights:
        weight.assign(weights[weight.path])
    return copy


def tiny_inputs(architecture: str, padded: bool = False) -> dict[str, np.ndarray]:
    if architecture != "encoder-decoder":
        inputs = {"token_ids": random_ids(BATCH, TARGET)}
        return inputs | ({"padding_mask": some_padding(TARGET)} if padded else {})
    inputs = {
        "encoder_token_ids": random_ids(BATCH, SOURCE, seed=1),
        "decoder_token_ids": random_ids(BATCH, TARGET),
    }
    masks = {
        "encoder_padding_mask": some_padding(SOURCE),
        "decoder_padding_mask": some_padding(TARGET),
    }
    return inputs | (masks if padded else {})
