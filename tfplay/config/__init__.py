"""The three configurations: what a model is, how it is trained, how it decodes.

Each is a frozen dataclass that checks itself once, says what is wrong in one sentence, and goes to
and from plain JSON types.
"""

from tfplay.config.base import JsonConfig
from tfplay.config.decoding import STRATEGIES, DecodingConfig
from tfplay.config.model import (
    ACTIVATIONS,
    ARCHITECTURES,
    HEAD_ACTIVATIONS,
    HEADS,
    MAX_PARAMETERS,
    NORMALIZATIONS,
    POOLINGS,
    POSITIONS,
    SINUSOIDAL_LAYOUTS,
    ModelConfig,
)
from tfplay.config.parameters import (
    GATED_ACTIVATIONS,
    count_attention,
    count_embeddings,
    count_feed_forward,
    count_head,
    count_parameters,
)
from tfplay.config.presets import PRESETS, preset, preset_fields
from tfplay.config.training import PRECISIONS, SCHEDULES, TrainingConfig

__all__ = [
    "ACTIVATIONS",
    "ARCHITECTURES",
    "GATED_ACTIVATIONS",
    "HEADS",
    "HEAD_ACTIVATIONS",
    "MAX_PARAMETERS",
    "NORMALIZATIONS",
    "POOLINGS",
    "POSITIONS",
    "PRECISIONS",
    "PRESETS",
    "SCHEDULES",
    "SINUSOIDAL_LAYOUTS",
    "STRATEGIES",
    "DecodingConfig",
    "JsonConfig",
    "ModelConfig",
    "TrainingConfig",
    "count_attention",
    "count_embeddings",
    "count_feed_forward",
    "count_head",
    "count_parameters",
    "preset",
    "preset_fields",
]
