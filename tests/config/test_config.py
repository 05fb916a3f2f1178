"""A configuration is possible, or one sentence says what is not."""

import json
import math
import pickle
from dataclasses import FrozenInstanceError, replace
from itertools import product
from typing import Any

import pytest

from tfplay.config import DecodingConfig, ModelConfig, TrainingConfig
from tfplay.errors import InputError

SMALL = {"architecture": "decoder-only", "vocabulary_size": 41, "max_sequence_length": 13}
NEEDED = {ModelConfig: SMALL, TrainingConfig: {}, DecodingConfig: {}}
BILLION = 1_000_000_000


def model_config(**changes: Any) -> ModelConfig:
    return ModelConfig.from_json(SMALL | changes)


@pytest.mark.parametrize(
    "config",
    [
        model_config(),
        model_config(architecture="encoder-only", head="classification", num_classes=3),
        model_config(hidden_dim=33, num_heads=3, position="sinusoidal", dropout=0.1),
        model_config(use_feed_forward=False, identical_heads=True),
        model_config(num_kv_heads=2, head_dim=6, position="rotary", initializer_range=None),
        TrainingConfig(steps=7, learning_rate=1, precision="float32"),
        DecodingConfig(strategy="sampling", temperature=0.7, top_k=11),
    ],
)
def test_a_configuration_survives_json(config):
    text = json.dumps(config.to_json())
    assert type(config).from_json(json.loads(text)) == config


def test_widths_left_out_follow_from_the_others():
    config = model_config(hidden_dim=33, num_heads=3)
    assert (config.intermediate_dim, config.num_kv_heads, config.head_dim) == (132, 3, 11)


def pickle_and_back(config):
    return pickle.loads(pickle.dumps(config))


def widths(config):
    return config.intermediate_dim, config.num_kv_heads, config.head_dim


def saved_and_loaded(config):
    return type(config).from_json(json.loads(json.dumps(config.to_json())))


@pytest.mark.parametrize("kept_as", [lambda config: config, saved_and_loaded, pickle_and_back])
def test_widths_left_out_follow_what_is_replaced(kept_as):
    config = kept_as(model_config(hidden_dim=33, num_heads=3))
    assert widths(replace(config, hidden_dim=65, num_heads=5)) == (260, 5, 13)
    assert widths(replace(replace(config, num_layers=7), hidden_dim=51)) == (204, 3, 17)
    with pytest.raises(InputError, match="hidden_dim 34 is not divisible by num_heads 3"):
        replace(config, hidden_dim=34)


@pytest.mark.parametrize("kept_as", [lambda config: config, saved_and_loaded, pickle_and_back])
def test_widths_that_were_given_stay_whatever_is_replaced(kept_as):
    config = kept_as(
        model_config(hidden_dim=33, num_heads=3, intermediate_dim=132, num_kv_heads=1, head_dim=11)
    )
    assert widths(replace(config, hidden_dim=65)) == (132, 1, 11)
    assert widths(replace(config, num_heads=5)) == (132, 1, 11)
    assert widths(replace(config, head_dim=None, hidden_dim=51)) == (132, 1, 17)


def test_a_configuration_saved_with_all_its_widths_is_read_as_it_stands():
    saved = model_config(hidden_dim=33, num_heads=3).to_json()
    saved |= {"intermediate_dim": 132, "num_kv_heads": 3, "head_dim": 11}
    assert ModelConfig.from_json(saved) == model_config(hidden_dim=33, num_heads=3)


def test_an_images_context_follows_its_patches():
    config = model_config(architecture="encoder-only", image_size=28, patch_size=7)
    assert config.max_sequence_length == 17
    assert replace(config, patch_size=14).max_sequence_length == 5


@pytest.mark.parametrize("config", [model_config(), TrainingConfig(), DecodingConfig()])
def test_a_configuration_cannot_be_changed(config):
    [name, *_] = config.to_json()
    with pytest.raises(FrozenInstanceError):
        setattr(config, name, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"hidden_dim": 130, "num_heads": 4},
            "hidden_dim 130 is not divisible by num_heads 4; the nearest width that is: 128.",
        ),
        (
            {"hidden_dim": 3, "num_heads": 7},
            "hidden_dim 3 is not divisible by num_heads 7; the nearest width that is: 7.",
        ),
        ({"num_heads": 4, "num_kv_heads": 3}, "num_heads 4 is not a multiple of num_kv_heads 3."),
        (
            {"position": "rotary", "hidden_dim": 33, "num_heads": 3},
            "head_dim 11 is odd; rotary positions turn pairs of values and need an even one.",
        ),
        (
            {"image_size": 8, "patch_size": 2},
            "Images are for an encoder-only model; this one is decoder-only.",
        ),
        (
            {"architecture": "encoder-only", "image_size": 8, "patch_size": 3},
            "Images 8 pixels wide cannot be cut into patches 3 wide; the first must be a multiple "
            "of the second.",
        ),
        (
            {"head": "masked_lm"},
            "head 'masked_lm' belongs to an encoder-only model, not to decoder-only.",
        ),
        (
            {"architecture": "encoder-only", "head": "classification"},
            "num_classes is 0; it must be a whole number from 2 to 1,000,000.",
        ),
        (
            {"architecture": "gpt"},
            "architecture is 'gpt'; it must be one of encoder-only, decoder-only, encoder-decoder.",
        ),
    ],
)
def test_an_impossible_model_is_explained(changes, sentence):
    with pytest.raises(InputError) as error:
        model_config(**changes)
    assert str(error.value) == sentence


NO_WIDTH = [0, -1, 1.0, True, "4", [4], math.nan, 10**30]
NO_COUNT = [*NO_WIDTH, None]
NO_NUMBER = [-1, 1e9, True, "4", None, [4], math.nan, math.inf]
NO_SWITCH = [0, 1, "false", None]
NO_SEED = [-1, 2**32, 0.5, None]
WRONG_VALUES = [
    (ModelConfig, ["num_layers", "vocabulary_size", "max_sequence_length"], NO_COUNT),
    (ModelConfig, ["hidden_dim", "num_heads"], [*NO_COUNT, BILLION]),
    (ModelConfig, ["intermediate_dim", "num_kv_heads", "head_dim"], [*NO_WIDTH, BILLION]),
    (ModelConfig, ["num_segments", "num_classes"], [-1, True, None, BILLION]),
    (ModelConfig, ["norm_epsilon", "dropout", "token_dropout"], NO_NUMBER),
    (ModelConfig, ["initializer_range"], [-1, math.inf]),
    (ModelConfig, ["use_bias", "tie_embeddings", "use_causal_mask"], NO_SWITCH),
    (ModelConfig, ["position", "activation", "head"], ["", "best", 1, None, ["none"]]),
    (ModelConfig, ["pooling"], ["", "median", 1, ["mean"]]),
    (TrainingConfig, ["steps", "batch_size"], NO_COUNT),
    (TrainingConfig, ["learning_rate", "beta_2"], NO_NUMBER),
    (TrainingConfig, ["schedule", "precision"], ["", "best", 1, None]),
    (TrainingConfig, ["seed"], NO_SEED),
    (DecodingConfig, ["max_new_tokens", "num_beams"], NO_COUNT),
    (DecodingConfig, ["temperature", "top_p"], [*NO_NUMBER, 0]),
    (DecodingConfig, ["strategy"], ["", "best", 1, None]),
    (DecodingConfig, ["seed"], NO_SEED),
]


@pytest.mark.parametrize(
    ("config_class", "name", "value"),
    [
        (config_class, name, value)
        for config_class, names, values in WRONG_VALUES
        for name, value in product(names, values)
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(config_class, name, value):
    with pytest.raises(InputError) as error:
        config_class.from_json(NEEDED[config_class] | {name: value})
    sentence = str(error.value)
    assert sentence.startswith(f"{name} is {value!r}; it must be ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "sizes",
    [
        {"hidden_dim": 65_536, "num_layers": 256},
        {"hidden_dim": 65_536, "vocabulary_size": 1_000_000},
        {"hidden_dim": 8192, "intermediate_dim": 262_144, "num_layers": 7},
        {"head_dim": 65_536, "num_heads": 1024, "num_layers": 1},
    ],
)
def test_a_model_that_would_take_terabytes_is_refused(sizes):
    with pytest.raises(InputError, match=r"^This model would have [\d,]+ billion parameters"):
        model_config(**sizes)


def test_large_published_shapes_are_possible():
    llama = {"num_heads": 32, "num_kv_heads": 8, "num_layers": 32, "intermediate_dim": 14_336}
    model_config(vocabulary_size=128_256, max_sequence_length=131_072, hidden_dim=4096, **llama)


@pytest.mark.parametrize("config_class", NEEDED)
def test_an_unknown_field_is_named(config_class):
    with pytest.raises(InputError, match=f"^{config_class.__name__} has no field 'n_heads'.$"):
        config_class.from_json(NEEDED[config_class] | {"n_heads": 3})


@pytest.mark.parametrize("missing", SMALL)
def test_a_missing_field_is_named(missing):
    rest = {name: value for name, value in SMALL.items() if name != missing}
    with pytest.raises(InputError, match=f"^ModelConfig needs the field '{missing}'.$"):
        ModelConfig.from_json(rest)


@pytest.mark.parametrize("data", [None, [], "tiny", 3])
def test_what_is_no_json_object_is_refused(data):
    with pytest.raises(InputError, match="must be a JSON object"):
        ModelConfig.from_json(data)


def test_a_long_wrong_value_is_cut_short():
    with pytest.raises(InputError) as error:
        model_config(position="x" * 100_000)
    assert len(str(error.value)) < 200


def test_texts_have_no_one_length_to_flatten():
    with pytest.raises(InputError, match="pooling 'flatten' is for images"):
        ModelConfig("encoder-only", 31, 13, head="classification", num_classes=3, pooling="flatten")
