import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfplay.config import (
    ACTIVATIONS,
    ARCHITECTURES,
    HEADS,
    NORMALIZATIONS,
    POSITIONS,
    ModelConfig,
    count_parameters,
)
from tfplay.models import build_model

switches = st.fixed_dictionaries(
    {
        "architecture": st.sampled_from(ARCHITECTURES),
        "activation": st.sampled_from(ACTIVATIONS),
        "normalization": st.sampled_from(NORMALIZATIONS),
        "position": st.sampled_from(POSITIONS),
        "num_kv_heads": st.sampled_from([1, 3]),
        "num_segments": st.sampled_from([0, 2]),
        "normalize_first": st.booleans(),
        "normalize_embeddings": st.booleans(),
        "tie_embeddings": st.booleans(),
        "use_bias": st.booleans(),
        "use_feed_forward": st.booleans(),
        "qkv_bias": st.booleans(),
        "use_qk_norm": st.booleans(),
        "share_positions": st.booleans(),
        "output_bias": st.booleans(),
        "scale_logits": st.booleans(),
        "use_final_norm": st.booleans(),
        "share_embeddings": st.booleans(),
    }
)


IMAGES = {"image_size": 15, "patch_size": 5, "image_channels": 3}


def tiny_config(**changes) -> ModelConfig:
    sizes = {
        "vocabulary_size": 31,
        "max_sequence_length": 13,
        "num_layers": 2,
        "hidden_dim": 17,
        "num_heads": 3,
        "head_dim": 14,
        "intermediate_dim": 29,
        "num_classes": 5,
    }
    return ModelConfig(**(sizes | changes))


@settings(max_examples=25)
@given(switches)
def test_the_count_is_what_the_built_model_has(changes):
    config = tiny_config(**changes)
    assert count_parameters(config) == build_model(config).count_params()


@pytest.mark.parametrize("position", POSITIONS)
def test_a_vision_transformer_is_counted(position):
    config = tiny_config(architecture="encoder-only", position=position, **IMAGES)
    assert count_parameters(config) == build_model(config).count_params()


def test_a_vision_transformer_whose_head_reads_all_patches_is_counted():
    head = {"head": "classification", "head_layer_dim": 11, "second_head_layer_dim": 7}
    changes = {"use_class_token": False, "pooling": "flatten", **head, **IMAGES}
    config = tiny_config(architecture="encoder-only", activate_output=True, **changes)
    assert count_parameters(config) == build_model(config).count_params()


@pytest.mark.parametrize("tie_embeddings", [True, False])
def test_a_decoder_that_classifies_is_counted(tie_embeddings):
    changes = {"head": "classification", "tie_embeddings": tie_embeddings}
    config = tiny_config(architecture="decoder-only", **changes)
    assert count_parameters(config) == build_model(config).count_params()


@pytest.mark.parametrize("head", HEADS)
def test_every_head_is_counted(head):
    config = tiny_config(architecture="encoder-only", head=head)
    assert count_parameters(config) == build_model(config).count_params()


@pytest.mark.parametrize("head", ["classification", "token_classification"])
def test_a_layer_before_the_logits_is_counted(head):
    config = tiny_config(architecture="encoder-only", head=head, head_layer_dim=7)
    assert count_parameters(config) == build_model(config).count_params()


@pytest.mark.parametrize("change", ["use_prediction_layer", "tie_prediction"])
def test_a_masked_word_head_with_a_matrix_of_its_own_is_counted(change):
    config = tiny_config(architecture="encoder-only", head="masked_lm", **{change: False})
    assert count_parameters(config) == build_model(config).count_params()


def test_a_classification_head_without_a_pooler_is_counted():
    config = tiny_config(architecture="encoder-only", head="classification", use_pooler=False)
    assert count_parameters(config) == build_model(config).count_params()
