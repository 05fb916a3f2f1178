"""What each model takes, answers and refuses."""

import keras
import numpy as np
import pytest

from tests.layers.samples import BATCH, HIDDEN, TARGET, VOCABULARY, random_array, random_ids
from tests.models.samples import tiny_config, tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES
from tfplay.errors import InputError
from tfplay.models import DecoderOnly, EncoderOnly, build_model

every_architecture = pytest.mark.parametrize("architecture", ARCHITECTURES)


@pytest.mark.parametrize(
    ("head", "shape"),
    [
        ("none", (BATCH, TARGET, HIDDEN)),
        ("masked_lm", (BATCH, TARGET, VOCABULARY)),
        ("classification", (BATCH, 3)),
        ("token_classification", (BATCH, TARGET, 3)),
        ("span", (BATCH, 2, TARGET)),
    ],
)
def test_the_head_decides_what_an_encoder_answers(head, shape):
    model = build_model(tiny_config("encoder-only", head=head, num_classes=3))
    assert model(tiny_inputs("encoder-only", padded=True)).shape == shape


@pytest.mark.parametrize("tie_embeddings", [True, False], ids=["tied", "untied"])
def test_a_decoder_classifies_by_the_last_token_that_is_real(tie_embeddings):
    changes = {"head": "classification", "num_classes": 3, "tie_embeddings": tie_embeddings}
    model = tiny_model("decoder-only", **changes)
    inputs = tiny_inputs("decoder-only", padded=True)
    logits = model(inputs)
    assert logits.shape == (BATCH, 3)
    for token_ids, is_real, expected in zip(*inputs.values(), logits, strict=True):
        alone = model({"token_ids": token_ids[is_real][None]})
        np.testing.assert_allclose(alone[0], expected, atol=1e-5)


def test_an_answer_never_starts_or_ends_in_padding():
    model = tiny_model("encoder-only", head="span")
    inputs = tiny_inputs("encoder-only", padded=True)
    probabilities = keras.ops.softmax(model(inputs), axis=-1)
    assert not np.asarray(probabilities)[np.repeat(~inputs["padding_mask"][:, None], 2, 1)].any()


def tiny_vision_model(**changes):
    images = {"image_size": 9, "patch_size": 3, "image_channels": 2}
    return tiny_model("encoder-only", head="classification", num_classes=5, **images, **changes)


def test_a_vision_transformer_classifies_images():
    model = tiny_vision_model()
    images = random_array(BATCH, 9, 9, 2)
    assert model.config.max_sequence_length == 3 * 3 + 1  # patches and [CLS]
    assert model({"images": images}).shape == (BATCH, 5)
    trace = model.trace({"images": images})
    assert trace.encoder.embeddings.shape == (BATCH, 10, HIDDEN)
    np.testing.assert_allclose(trace.logits, model({"images": images}), atol=1e-5)


def test_without_a_class_token_a_head_may_read_all_patches_one_after_another():
    head = {"pooling": "flatten", "head_layer_dim": 11, "second_head_layer_dim": 7}
    model = tiny_vision_model(use_class_token=False, **head)
    images = random_array(BATCH, 9, 9, 2)
    vectors = model.trace({"images": images}).encoder.output
    assert vectors.shape == (BATCH, 9, HIDDEN)
    inner = model.head.pooled_dense(np.reshape(vectors, (BATCH, 9 * HIDDEN)))
    expected = model.head.output_dense(model.head.second_dense(inner))
    np.testing.assert_allclose(model({"images": images}), expected, atol=1e-5)


@pytest.mark.parametrize("position", ["learned", "none"])
def test_without_positions_the_order_of_patches_does_not_matter(position):
    model = tiny_vision_model(position=position)
    images = random_array(BATCH, 9, 9, 2)
    swapped = np.concatenate([images[:, 3:6], images[:, :3], images[:, 6:]], axis=1)
    is_equal = np.allclose(model({"images": images}), model({"images": swapped}), atol=1e-5)
    assert is_equal == (position == "none")


@pytest.mark.parametrize("architecture", ["decoder-only", "encoder-decoder"])
@pytest.mark.parametrize("tie_embeddings", [True, False], ids=["tied", "untied"])
def test_decoders_answer_logits_of_the_vocabulary(architecture, tie_embeddings):
    model = tiny_model(architecture, tie_embeddings=tie_embeddings)
    assert model(tiny_inputs(architecture)).shape == (BATCH, TARGET, VOCABULARY)


@pytest.mark.parametrize("architecture", ["encoder-only", "decoder-only"])
def test_token_ids_alone_stand_for_the_dictionary(architecture):
    model, inputs = tiny_model(architecture), tiny_inputs(architecture)
    np.testing.assert_array_equal(model(inputs["token_ids"]), model(inputs))


def test_no_segment_ids_are_those_of_the_first_segment():
    model, inputs = tiny_model("encoder-only", num_segments=2), tiny_inputs("encoder-only")
    first = inputs | {"segment_ids": np.zeros((BATCH, TARGET), "int32")}
    second = inputs | {"segment_ids": np.ones((BATCH, TARGET), "int32")}
    np.testing.assert_array_equal(model(inputs), model(first))
    assert np.abs(model(inputs) - model(second)).max() > 1e-2


@every_architecture
def test_fresh_matrices_all_differ(architecture):
    """Token and position embeddings that begin alike would stay entangled."""
    sizes = {"vocabulary_size": 13, "max_sequence_length": 13, "num_segments": 13}
    model = build_model(tiny_config(architecture, **sizes))
    matrices = [weight.numpy() for weight in model.weights if len(weight.shape) == 2]
    assert len({matrix.ravel()[:7].tobytes() for matrix in matrices}) == len(matrices)


def test_a_seed_repeats_the_fresh_weights():
    def fresh_weights(seed: int) -> np.ndarray:
        keras.utils.set_random_seed(seed)
        weights = build_model(tiny_config("decoder-only")).get_weights()
        return np.concatenate([weight.ravel() for weight in weights])

    assert np.array_equal(fresh_weights(0), fresh_weights(0))
    assert not np.array_equal(fresh_weights(0), fresh_weights(1))


@every_architecture
def test_weights_are_trained_in_float32_and_computed_with_in_bfloat16(architecture):
    model = tiny_model(architecture, dtype="mixed_bfloat16")
    inputs = tiny_inputs(architecture, padded=True)
    assert {weight.dtype for weight in model.weights} == {"float32"}
    outputs = model(inputs)
    assert keras.backend.standardize_dtype(outputs.dtype) == "bfloat16"
    exact = build_model(model.config)
    exact.set_weights(model.get_weights())
    difference = np.asarray(keras.ops.cast(outputs, "float32")) - exact(inputs)
    assert np.abs(difference).mean() < 0.05 * np.std(exact(inputs))


@every_architecture
def test_a_sequence_longer_than_the_context_is_refused(architecture):
    model = tiny_model(architecture)
    too_long = {name: random_ids(BATCH, 17) for name in tiny_inputs(architecture)}
    with pytest.raises(InputError, match="The sequence has 17 tokens; .* context is 13"):
        model(too_long)


def test_a_configuration_of_another_architecture_is_refused():
    with pytest.raises(InputError, match="'encoder-only', but DecoderOnly is 'decoder-only'"):
        DecoderOnly(tiny_config("encoder-only"))


def test_a_model_takes_its_configuration_as_json():
    config = tiny_config("encoder-only")
    assert EncoderOnly(config.to_json()).config == config
