"""Every layer in every variation, against the contract."""

from typing import Any

import keras
import numpy as np
import pytest

from tests.layers.contract import run_layer_contract
from tests.layers.samples import (
    BATCH,
    HEAD_DIM,
    HEADS,
    HIDDEN,
    INTERMEDIATE,
    SOURCE,
    TARGET,
    VOCABULARY,
    random_array,
    random_ids,
    some_padding,
)
from tfplay import layers
from tfplay.config import ACTIVATIONS, POOLINGS, ModelConfig
from tfplay.models import Embeddings

Arrays = dict[str, np.ndarray]

IDS = random_ids(BATCH, TARGET)
X = random_array(BATCH, TARGET, HIDDEN)
MEMORY = random_array(BATCH, SOURCE, 31, seed=1)  # an encoder may be wider than its decoder
EVEN_HEADS = random_array(BATCH, HEADS, TARGET, 2 * HEAD_DIM)
PADDED = {"x": X, "padding_mask": some_padding(TARGET)}
TWO_SEQUENCES = {
    "x": X,
    "encoder_output": MEMORY,
    "padding_mask": some_padding(TARGET),
    "encoder_padding_mask": some_padding(SOURCE),
}
CROSS = {"query": X, "value": MEMORY, "attention_mask": some_padding(SOURCE)[:, None, :]}

TABLE = {"vocabulary_size": VOCABULARY, "hidden_dim": HIDDEN}
ATTENTION = {"num_heads": HEADS, "head_dim": HEAD_DIM}
BLOCK = ATTENTION | {"intermediate_dim": INTERMEDIATE}
BROKEN = {"scale_attention": False, "use_residual": False, "normalization": "none"}
WITHOUT_FEED_FORWARD = {"use_feed_forward": False, "identical_heads": True}
MODERN = {
    "head_dim": 2 * HEAD_DIM,  # rotary positions turn pairs
    "num_kv_heads": 1,
    "activation": "swiglu",
    "normalization": "rms_norm",
    "normalize_first": True,
    "use_bias": False,
    "rotary": True,
}
NORMED_HEADS = {"use_bias": False, "qkv_bias": True, "use_qk_norm": True, "norm_epsilon": 1e-6}
STRETCHED = {
    "head_dim": 2 * HEAD_DIM,
    "rotary": True,
    "rotary_wavelength": 97.0,
    "rotary_factor": 3.0,
    "rotary_original_length": 11,
}
RELATIVE = {"relative_buckets": 7, "relative_max_distance": 13, "scale_attention": False}


def case(layer_class: type[keras.Layer], inputs: Arrays, **init_kwargs: Any):
    changes = ", ".join(f"{name}={value}" for name, value in init_kwargs.items())
    return pytest.param(layer_class, inputs, init_kwargs, id=f"{layer_class.__name__}({changes})")


def embeddings_case(inputs: Arrays, **changes: Any):
    sizes = TABLE | {"max_sequence_length": 13, "num_heads": 1}
    config = ModelConfig("encoder-only", **sizes, **changes)
    name = ", ".join(f"{name}={value}" for name, value in changes.items())
    return pytest.param(Embeddings, inputs, {"config": config.to_json()}, id=f"Embeddings({name})")


CASES = [
    case(layers.TokenEmbedding, {"token_ids": IDS}, **TABLE),
    case(layers.TokenEmbedding, {"token_ids": IDS}, **TABLE, scale=True),
    case(layers.SegmentEmbedding, {"segment_ids": IDS % 2}, num_segments=2, hidden_dim=HIDDEN),
    case(layers.PatchEmbedding, {"images": random_array(2, 9, 15, 5)}, patch_size=3, hidden_dim=11),
    case(
        layers.PatchEmbedding,
        {"images": random_array(2, 9, 15, 5)},
        patch_size=3,
        hidden_dim=11,
        add_class_token=False,
    ),
    case(layers.SinusoidalPosition, {"x": X}),
    case(layers.SinusoidalPosition, {"x": X}, max_wavelength=97.0, layout="halves"),
    case(layers.LearnedPosition, {"x": X}, max_sequence_length=13),
    case(layers.RotaryPosition, {"x": EVEN_HEADS}),
    case(layers.RotaryPosition, {"x": EVEN_HEADS}, max_wavelength=97.0),
    case(layers.RotaryPosition, {"x": EVEN_HEADS}, factor=3.0, original_length=11),
    case(layers.RelativePosition, {"query": X, "key": MEMORY}, num_heads=HEADS),
    case(
        layers.RelativePosition,
        {"query": X, "key": MEMORY},
        num_heads=HEADS,
        num_buckets=7,
        max_distance=5,
        bidirectional=False,
    ),
    case(layers.MultiHeadAttention, {"query": X, "value": X}, **ATTENTION),
    case(layers.MultiHeadAttention, CROSS, **ATTENTION),
    case(layers.MultiHeadAttention, CROSS | {"key": MEMORY**2}, **ATTENTION),
    case(layers.MultiHeadAttention, CROSS, **ATTENTION, num_kv_heads=1),
    case(layers.MultiHeadAttention, CROSS, **ATTENTION, use_bias=False, dropout=0.1),
    case(layers.MultiHeadAttention, CROSS, **ATTENTION, scale_attention=False),
    case(layers.MultiHeadAttention, CROSS, **ATTENTION, identical_heads=True),
    case(layers.MultiHeadAttention, CROSS, **ATTENTION, **NORMED_HEADS),
    case(layers.MultiHeadAttention, CROSS, num_heads=HEADS, head_dim=2 * HEAD_DIM, rotary=True),
    *(
        case(layers.FeedForward, {"x": X}, intermediate_dim=INTERMEDIATE, activation=activation)
        for activation in ACTIVATIONS
    ),
    case(layers.FeedForward, {"x": X}, intermediate_dim=INTERMEDIATE, use_bias=False),
    case(layers.FeedForward, {"x": X}, intermediate_dim=INTERMEDIATE, activate_output=True),
    *(
        case(
            layers.ResidualNorm,
            {"residual": X, "sublayer_output": X**2},
            normalization=normalization,
            normalize_first=False,
            dropout=0.1,
        )
        for normalization in ("layer_norm", "rms_norm", "none")
    ),
    case(
        layers.ResidualNorm,
        {"residual": X, "sublayer_output": X**2},
        use_residual=False,
        epsilon=0.1,
    ),
    case(layers.EncoderBlock, {"x": X}, **BLOCK),
    case(layers.EncoderBlock, PADDED, **BLOCK, normalize_first=True, norm_epsilon=0.1),
    case(layers.EncoderBlock, PADDED, **BLOCK, dropout=0.1),
    case(layers.EncoderBlock, PADDED, **BLOCK, **BROKEN),
    case(layers.EncoderBlock, PADDED, **BLOCK, **WITHOUT_FEED_FORWARD),
    case(layers.EncoderBlock, PADDED, **BLOCK | MODERN),
    case(layers.EncoderBlock, PADDED, **BLOCK, activation="gelu", activate_output=True),
    case(layers.EncoderBlock, PADDED, **BLOCK, **RELATIVE),
    case(layers.DecoderBlock, PADDED, **BLOCK | STRETCHED, **NORMED_HEADS, attention_window=3),
    case(layers.DecoderBlock, TWO_SEQUENCES, **BLOCK, **RELATIVE, use_cross_attention=True),
    case(layers.DecoderBlock, {"x": X}, **BLOCK),
    case(layers.DecoderBlock, PADDED, **BLOCK, use_causal_mask=False),
    case(layers.DecoderBlock, PADDED, **BLOCK | MODERN),
    case(layers.DecoderBlock, TWO_SEQUENCES, **BLOCK, use_cross_attention=True),
    case(layers.DecoderBlock, TWO_SEQUENCES, **BLOCK, **BROKEN, use_cross_attention=True),
    case(layers.DecoderBlock, TWO_SEQUENCES, **BLOCK | MODERN, use_cross_attention=True),
    case(
        layers.DecoderBlock,
        TWO_SEQUENCES,
        **BLOCK,
        **WITHOUT_FEED_FORWARD,
        use_cross_attention=True,
    ),
    case(layers.TokenPrediction, {"x": X}, vocabulary_size=VOCABULARY),
    case(layers.TokenPrediction, {"x": X}, vocabulary_size=VOCABULARY, use_bias=True),
    case(layers.OutputBias, {"logits": X}),
    *(case(layers.Pooling, PADDED, pooling=pooling) for pooling in POOLINGS),
    case(layers.ClassificationHead, PADDED, num_classes=3),
    case(layers.ClassificationHead, PADDED, num_classes=3, pooling="mean", dropout=0.1),
    case(layers.ClassificationHead, PADDED, num_classes=3, use_pooler=False),
    case(layers.ClassificationHead, PADDED, num_classes=3, pooling="flatten", second_dim=7),
    case(layers.ClassificationHead, PADDED, num_classes=3, pooler_dim=7, pooler_activation="relu"),
    case(layers.TokenClassificationHead, {"x": X}, num_classes=3, inner_dim=7),
    case(layers.SpanHead, PADDED),
    case(
        layers.MaskedLanguageModelHead,
        {"x": X, "embeddings": random_array(VOCABULARY, HIDDEN)},
        vocabulary_size=VOCABULARY,
    ),
    case(
        layers.MaskedLanguageModelHead,
        {"x": X},
        vocabulary_size=VOCABULARY,
        activation="relu",
        tie_embeddings=False,
    ),
    embeddings_case({"token_ids": IDS}),
    embeddings_case({"token_ids": IDS}, position="sinusoidal", scale_embeddings=True, dropout=0.1),
    embeddings_case(
        {"token_ids": IDS, "segment_ids": IDS % 2}, num_segments=2, normalize_embeddings=True
    ),
    embeddings_case({"token_ids": random_array(2, 9, 9, 1)}, image_size=9, patch_size=3),
    embeddings_case(
        {"token_ids": random_array(2, 9, 9, 1)}, image_size=9, patch_size=3, use_class_token=False
    ),
]


@pytest.mark.parametrize(("layer_class", "inputs", "init_kwargs"), CASES)
def test_layer_keeps_the_contract(layer_class, inputs, init_kwargs, tmp_path):
    run_layer_contract(layer_class, init_kwargs, inputs, tmp_path)


def test_every_layer_stands_in_the_cases():
    public = {getattr(layers, name) for name in layers.__all__}
    public_layers = {x for x in public if isinstance(x, type) and issubclass(x, keras.Layer)}
    assert {case.values[0] for case in CASES} == public_layers | {Embeddings}
