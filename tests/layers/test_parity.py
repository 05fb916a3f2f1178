"""With the same weights, the same numbers as Keras' and keras-nlp's own layers."""

import keras
import keras_nlp
import numpy as np
import pytest

from tests.layers.reference import copy_attention, copy_decoder_block, copy_encoder_block
from tests.layers.samples import (
    BATCH,
    HEAD_DIM,
    HEADS,
    HIDDEN,
    INTERMEDIATE,
    JOINED,
    SOURCE,
    TARGET,
    random_array,
    randomize,
    some_padding,
)
from tfplay.layers import (
    DecoderBlock,
    EncoderBlock,
    MultiHeadAttention,
    RotaryPosition,
    SinusoidalPosition,
    causal_mask,
)

MASKS = {
    "none": None,
    "any": np.random.default_rng(0).random((BATCH, TARGET, SOURCE)) < 0.7,
    "padding": some_padding(SOURCE)[:, None, :],
}
norm_first = pytest.mark.parametrize("normalize_first", [False, True], ids=["post", "pre"])


def built(layer: keras.Layer, *shapes: tuple[int, ...]) -> keras.Layer:
    layer.build(*shapes)
    return layer


def assert_equal(ours, reference) -> None:
    np.testing.assert_allclose(ours, reference, rtol=0, atol=1e-5)


@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS)
def test_attention_equals_keras(mask):
    query, value = random_array(BATCH, TARGET, HIDDEN), random_array(BATCH, SOURCE, 31)
    key = random_array(BATCH, SOURCE, 31, seed=1)
    shapes = (query.shape, value.shape, key.shape)
    reference = randomize(built(keras.layers.MultiHeadAttention(HEADS, HEAD_DIM), *shapes))
    ours = built(MultiHeadAttention(HEADS, HEAD_DIM), *shapes)
    copy_attention(reference, ours)

    call = {"query": query, "value": value, "key": key, "attention_mask": mask}
    expected, expected_scores = reference(**call, return_attention_scores=True)
    outputs, scores = ours(**call, return_attention_scores=True)
    assert_equal(scores, expected_scores)
    assert_equal(outputs, expected)
    assert_equal(ours(**call), expected)


def test_causal_self_attention_equals_keras():
    x = random_array(BATCH, TARGET, HIDDEN)
    reference = randomize(built(keras.layers.MultiHeadAttention(HEADS, HEAD_DIM), x.shape, x.shape))
    ours = built(MultiHeadAttention(HEADS, HEAD_DIM), x.shape)
    copy_attention(reference, ours)
    outputs = ours(query=x, value=x, attention_mask=causal_mask(TARGET))
    assert_equal(outputs, reference(query=x, value=x, use_causal_mask=True))


@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS)
def test_grouped_query_attention_equals_keras(mask):
    query, value = random_array(BATCH, TARGET, HIDDEN), random_array(BATCH, SOURCE, 31)
    shapes = (query.shape, value.shape)
    reference = keras.layers.GroupQueryAttention(
        HEAD_DIM, num_query_heads=2 * HEADS, num_key_value_heads=HEADS
    )
    randomize(built(reference, *shapes))
    ours = built(MultiHeadAttention(2 * HEADS, HEAD_DIM, num_kv_heads=HEADS), *shapes)
    copy_attention(reference, ours)
    call = {"query": query, "value": value, "attention_mask": mask}
    assert_equal(ours(**call), reference(**call))


@norm_first
@pytest.mark.parametrize("padding_mask", [None, some_padding(TARGET)], ids=["whole", "padded"])
def test_encoder_block_equals_keras_nlp(normalize_first, padding_mask):
    x = random_array(BATCH, TARGET, JOINED)
    reference = keras_nlp.layers.TransformerEncoder(
        INTERMEDIATE, HEADS, normalize_first=normalize_first
    )
    randomize(built(reference, x.shape))
    ours = built(EncoderBlock(HEADS, INTERMEDIATE, normalize_first=normalize_first), x.shape)
    copy_encoder_block(reference, ours)
    assert_equal(ours(x, padding_mask=padding_mask), reference(x, padding_mask=padding_mask))


@norm_first
@pytest.mark.parametrize("use_causal_mask", [True, False], ids=["causal", "leaking"])
def test_decoder_block_equals_keras_nlp(normalize_first, use_causal_mask):
    x, padding_mask = random_array(BATCH, TARGET, JOINED), some_padding(TARGET)
    switches = {"normalize_first": normalize_first}
    reference = keras_nlp.layers.TransformerDecoder(INTERMEDIATE, HEADS, **switches)
    randomize(built(reference, x.shape))
    switches["use_causal_mask"] = use_causal_mask
    ours = built(DecoderBlock(HEADS, INTERMEDIATE, **switches), x.shape)
    copy_decoder_block(reference, ours)
    expected = reference(x, decoder_padding_mask=padding_mask, use_causal_mask=use_causal_mask)
    assert_equal(ours(x, padding_mask=padding_mask), expected)


@norm_first
def test_decoder_block_with_cross_attention_equals_keras_nlp(normalize_first):
    x, memory = random_array(BATCH, TARGET, JOINED), random_array(BATCH, SOURCE, 31)
    shapes = (x.shape, memory.shape)
    switches = {"normalize_first": normalize_first}
    reference = keras_nlp.layers.TransformerDecoder(INTERMEDIATE, HEADS, **switches)
    randomize(built(reference, *shapes))
    switches["use_cross_attention"] = True
    ours = built(DecoderBlock(HEADS, INTERMEDIATE, **switches), *shapes)
    copy_decoder_block(reference, ours)

    target_padding, source_padding = some_padding(TARGET), some_padding(SOURCE)
    expected = reference(
        x, memory, decoder_padding_mask=target_padding, encoder_padding_mask=source_padding
    )
    assert_equal(ours(x, memory, target_padding, source_padding), expected)


@pytest.mark.parametrize("hidden_dim", [HIDDEN, 2 * HEAD_DIM], ids=["odd", "even"])
def test_sinusoidal_position_equals_keras_nlp(hidden_dim):
    x = random_array(BATCH, TARGET, hidden_dim)
    reference = keras_nlp.layers.SinePositionEncoding()(x, start_index=7)
    assert_equal(SinusoidalPosition()(x, start_index=7), reference[0])


def test_rotary_position_equals_keras_nlp():
    x = random_array(BATCH, HEADS, TARGET, 2 * HEAD_DIM)
    reference = keras_nlp.layers.RotaryEmbedding(sequence_axis=2)(x, start_index=7)
    assert_equal(RotaryPosition()(x, start_index=7), reference)
