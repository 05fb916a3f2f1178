"""An impossible argument of a layer is told at once: its name, its value, what would be right."""

import math

import keras
import numpy as np
import pytest

from tests.layers.samples import random_array
from tests.layers.test_contract import ATTENTION, BLOCK, TABLE
from tfplay import layers
from tfplay.layers.identical_heads import IdenticalHeads

NUMBER, SHARE, WHOLE, SWITCH = "positive number", "share", "whole number", "switch"
CHOICE, INITIALIZER, COUNT = "choice", "initializer", "count"
IMPOSSIBLE = {
    WHOLE: [0, -1, 2.0, 2.5, True, None, "3", [3], math.nan, math.inf],
    COUNT: [-1, 2.0, 2.5, True, None, "3", [3], math.nan, math.inf],
    NUMBER: [0, -1e-5, True, None, "1e-5", math.nan, math.inf],
    SHARE: [-0.1, 1, 1.5, True, None, "0.1", math.nan],
    SWITCH: [0, 1, None, "yes"],
    CHOICE: ["unheard_of", None, 3, True, ["relu"]],
    INITIALIZER: ["unheard_of", None, 3, True],
}
BLOCK_ARGUMENTS = {
    "num_heads": WHOLE,
    "intermediate_dim": WHOLE,
    "activation": CHOICE,
    "normalization": CHOICE,
    "normalize_first": SWITCH,
    "norm_epsilon": NUMBER,
    "use_bias": SWITCH,
    "qkv_bias": SWITCH,
    "use_qk_norm": SWITCH,
    "rotary": SWITCH,
    "rotary_wavelength": NUMBER,
    "rotary_factor": NUMBER,
    "rotary_original_length": COUNT,
    "relative_buckets": COUNT,
    "relative_max_distance": WHOLE,
    "attention_window": COUNT,
    "dropout": SHARE,
    "scale_attention": SWITCH,
    "use_residual": SWITCH,
    "use_feed_forward": SWITCH,
    "activate_output": SWITCH,
    "identical_heads": SWITCH,
    "kernel_initializer": INITIALIZER,
}
OF_BLOCKS_OR_NONE = ("head_dim", "num_kv_heads")
OR_NONE = (*OF_BLOCKS_OR_NONE, "pooler_dim", "second_dim")
ARGUMENTS = {
    layers.TokenEmbedding: (
        TABLE,
        {
            "vocabulary_size": WHOLE,
            "hidden_dim": WHOLE,
            "scale": SWITCH,
            "embeddings_initializer": INITIALIZER,
        },
    ),
    layers.SegmentEmbedding: (
        {"num_segments": 2, "hidden_dim": 7},
        {"num_segments": WHOLE, "hidden_dim": WHOLE, "embeddings_initializer": INITIALIZER},
    ),
    layers.PatchEmbedding: (
        {"patch_size": 3, "hidden_dim": 7},
        {
            "patch_size": WHOLE,
            "hidden_dim": WHOLE,
            "add_class_token": SWITCH,
            "kernel_initializer": INITIALIZER,
        },
    ),
    layers.SinusoidalPosition: ({}, {"max_wavelength": NUMBER, "layout": CHOICE}),
    layers.RotaryPosition: (
        {},
        {"max_wavelength": NUMBER, "factor": NUMBER, "original_length": COUNT},
    ),
    layers.RelativePosition: (
        {"num_heads": 3},
        {
            "num_heads": WHOLE,
            "num_buckets": WHOLE,
            "max_distance": WHOLE,
            "bidirectional": SWITCH,
            "embeddings_initializer": INITIALIZER,
        },
    ),
    layers.LearnedPosition: (
        {"max_sequence_length": 5},
        {"max_sequence_length": WHOLE, "embeddings_initializer": INITIALIZER},
    ),
    layers.MultiHeadAttention: (
        ATTENTION,
        {
            "num_heads": WHOLE,
            "head_dim": WHOLE,
            "num_kv_heads": WHOLE,
            "use_bias": SWITCH,
            "qkv_bias": SWITCH,
            "use_qk_norm": SWITCH,
            "norm_epsilon": NUMBER,
            "rotary": SWITCH,
            "rotary_wavelength": NUMBER,
            "rotary_factor": NUMBER,
            "rotary_original_length": COUNT,
            "scale_attention": SWITCH,
            "dropout": SHARE,
            "identical_heads": SWITCH,
            "kernel_initializer": INITIALIZER,
        },
    ),
    layers.FeedForward: (
        {"intermediate_dim": 7},
        {
            "intermediate_dim": WHOLE,
            "activation": CHOICE,
            "use_bias": SWITCH,
            "activate_output": SWITCH,
            "kernel_initializer": INITIALIZER,
        },
    ),
    layers.ResidualNorm: (
        {},
        {
            "normalization": CHOICE,
            "normalize_first": SWITCH,
            "epsilon": NUMBER,
            "dropout": SHARE,
            "use_residual": SWITCH,
        },
    ),
    layers.EncoderBlock: (BLOCK, BLOCK_ARGUMENTS | dict.fromkeys(OF_BLOCKS_OR_NONE, WHOLE)),
    layers.DecoderBlock: (
        BLOCK,
        BLOCK_ARGUMENTS
        | dict.fromkeys(OF_BLOCKS_OR_NONE, WHOLE)
        | {"use_cross_attention": SWITCH, "use_causal_mask": SWITCH},
    ),
    layers.TokenPrediction: (
        {"vocabulary_size": 7},
        {"vocabulary_size": WHOLE, "use_bias": SWITCH, "kernel_initializer": INITIALIZER},
    ),
    layers.OutputBias: ({}, {}),
    layers.Pooling: ({}, {"pooling": CHOICE}),
    layers.ClassificationHead: (
        {"num_classes": 3},
        {
            "num_classes": WHOLE,
            "pooling": CHOICE,
            "use_pooler": SWITCH,
            "pooler_dim": WHOLE,
            "second_dim": WHOLE,
            "pooler_activation": CHOICE,
            "dropout": SHARE,
            "kernel_initializer": INITIALIZER,
        },
    ),
    layers.TokenClassificationHead: (
        {"num_classes": 3, "inner_dim": 7},
        {
            "num_classes": WHOLE,
            "inner_dim": WHOLE,
            "activation": CHOICE,
            "kernel_initializer": INITIALIZER,
        },
    ),
    layers.MaskedLanguageModelHead: (
        {"vocabulary_size": 7},
        {
            "vocabulary_size": WHOLE,
            "activation": CHOICE,
            "epsilon": NUMBER,
            "tie_embeddings": SWITCH,
            "kernel_initializer": INITIALIZER,
        },
    ),
    layers.SpanHead: ({}, {"kernel_initializer": INITIALIZER}),
    IdenticalHeads: (
        {"initializer": "zeros", "num_heads": 3},
        {"initializer": INITIALIZER, "num_heads": WHOLE},
    ),
}


def impossible_values(layer_class: type, name: str, kind: str) -> list:
    may_be_none = name in OR_NONE and (name, layer_class) != ("head_dim", layers.MultiHeadAttention)
    return [value for value in IMPOSSIBLE[kind] if not (value is None and may_be_none)]


@pytest.mark.parametrize(
    ("layer_class", "name"),
    [(layer, name) for layer, (_, names) in ARGUMENTS.items() for name in names],
)
def test_every_argument_of_every_layer_is_refused_by_its_name(layer_class, name):
    usual, kinds = ARGUMENTS[layer_class]
    for value in impossible_values(layer_class, name, kinds[name]):
        with pytest.raises(ValueError) as error:
            layer_class(**usual | {name: value})
        assert type(error.value) is ValueError
        assert str(error.value).startswith(f"{name} is {value!r}"), value
        assert "must be" in str(error.value)


def test_every_argument_of_every_layer_stands_in_the_table():
    for layer_class, (usual, kinds) in ARGUMENTS.items():
        config = layer_class(**usual).get_config()
        inherited = keras.layers.Layer().get_config().keys()
        assert kinds.keys() == config.keys() - inherited - {"axis"}, layer_class
    public = {getattr(layers, name) for name in layers.__all__}
    public_layers = {x for x in public if isinstance(x, type) and issubclass(x, keras.Layer)}
    assert public_layers == ARGUMENTS.keys() - {IdenticalHeads}


def test_a_layer_made_from_another_keeps_what_it_likes_where_it_likes():
    class Gained(layers.EncoderBlock):
        def __init__(self, gain, bias, **kwargs):
            super().__init__(**kwargs)
            self.gain, self.other = gain, bias

        def get_config(self):
            return super().get_config() | {"bias": self.other}

    config = Gained(5, bias=7, num_heads=3, intermediate_dim=37).get_config()
    assert (config["gain"], config["bias"], config["intermediate_dim"]) == (5, 7, 37)
    assert Gained.from_config(config).get_config() == config


def test_whole_numbers_of_numpy_are_taken_and_saved_as_plain_ones():
    layer = layers.EncoderBlock(np.int64(3), np.int32(37), head_dim=np.int64(11))
    assert {type(layer.get_config()[name]) for name in ("num_heads", "intermediate_dim")} == {int}


@pytest.mark.parametrize("layer_class", [layers.MultiHeadAttention, layers.EncoderBlock])
def test_heads_that_do_not_fit_are_told(layer_class):
    usual = ARGUMENTS[layer_class][0]
    with pytest.raises(ValueError, match="num_heads 3 is not a multiple of num_kv_heads 2"):
        layer_class(**usual | {"num_kv_heads": 2})
    with pytest.raises(ValueError, match="head_dim 11 is odd; rotary positions"):
        layer_class(**usual | {"rotary": True})


def test_widths_that_do_not_fit_are_told_when_they_are_known():
    with pytest.raises(ValueError, match="width of x, 5, is odd; rotary positions"):
        layers.RotaryPosition()(random_array(1, 1, 3, 5))
    with pytest.raises(ValueError, match="width 29 is not divisible by num_heads 3"):
        layers.EncoderBlock(3, 37)(random_array(2, 5, 29))


def test_temperature_of_nothing_is_refused():
    with pytest.raises(ValueError, match="temperature is 0; it must be a number above 0"):
        layers.TokenPrediction(7).probabilities(random_array(2, 5, 29), temperature=0)
