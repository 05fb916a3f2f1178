"""Masks of every rank, given or carried by Keras, mean what they mean to Keras' own layers."""

import keras
import numpy as np
import pytest
from keras import ops

from tests.layers.reference import copy_attention
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
)
from tfplay.layers import (
    ClassificationHead,
    DecoderBlock,
    EncoderBlock,
    LearnedPosition,
    MultiHeadAttention,
    Pooling,
    SinusoidalPosition,
    SpanHead,
    scaled_dot_product_attention,
)
from tfplay.layers.masks import token_positions

QUERY = random_array(BATCH, TARGET, JOINED)
VALUE = random_array(BATCH, SOURCE, JOINED, seed=1)
SHAPES = [
    (TARGET, SOURCE),
    (1, SOURCE),
    (1, TARGET, SOURCE),
    (BATCH, 1, SOURCE),
    (BATCH, TARGET, SOURCE),
    (BATCH, 1, TARGET, SOURCE),
    (1, HEADS, TARGET, SOURCE),
    (BATCH, HEADS, TARGET, SOURCE),
]


def random_mask(*shape: int) -> np.ndarray:
    mask = np.random.default_rng(len(shape)).random(shape) < 0.5
    mask[..., 0] = True  # Keras' own layer spreads a row evenly that may attend to nothing
    return mask


@pytest.fixture(scope="module")
def attentions() -> tuple[MultiHeadAttention, keras.layers.MultiHeadAttention]:
    """The same attention, ours and Keras' own."""
    own = MultiHeadAttention(HEADS, HEAD_DIM)
    theirs = keras.layers.MultiHeadAttention(HEADS, HEAD_DIM)
    own.build(QUERY.shape, VALUE.shape)
    theirs.build(QUERY.shape, VALUE.shape)
    copy_attention(randomize(theirs), own)
    return own, theirs


@pytest.mark.parametrize("dtype", ["bool", "int32", "float32"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_mask_of_any_rank_means_what_it_means_to_keras(attentions, shape, dtype):
    mask = random_mask(*shape).astype(dtype)
    (output, scores), (expected, expected_scores) = (
        layer(
            query=QUERY,
            value=VALUE,
            attention_mask=mask,
            return_attention_scores=True,
            use_causal_mask=dtype == "int32",
        )
        for layer in attentions
    )
    np.testing.assert_allclose(scores, expected_scores, atol=1e-5)
    np.testing.assert_allclose(output, expected, atol=1e-5)
    without_scores = attentions[0](
        query=QUERY,
        value=VALUE,
        attention_mask=ops.convert_to_tensor(mask),
        use_causal_mask=dtype == "int32",
    )
    np.testing.assert_allclose(without_scores, expected, atol=1e-5)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_grouped_queries_share_keys_and_not_masks(shape):
    layer = MultiHeadAttention(HEADS, HEAD_DIM, num_kv_heads=1)
    mask = random_mask(*shape)
    _, scores = layer(QUERY, VALUE, attention_mask=mask, return_attention_scores=True)
    logits_shape = (BATCH, HEADS, TARGET, SOURCE)
    allowed = mask[:, None] if mask.ndim == 3 else mask
    assert np.all((ops.convert_to_numpy(scores) > 0) == np.broadcast_to(allowed, logits_shape))


@pytest.mark.parametrize("heads", [BATCH, TARGET, HEADS])
def test_no_number_of_heads_changes_which_axis_is_which(heads):
    mask = np.tri(TARGET, dtype=bool)
    x = random_array(BATCH, heads, TARGET, HEAD_DIM)
    for given in (mask, np.repeat(mask[None], BATCH, axis=0)):
        scores = ops.convert_to_numpy(scaled_dot_product_attention(x, x, x, given)[2])
        assert np.all((scores > 0) == mask)


@pytest.mark.parametrize(
    "shape",
    [(SOURCE,), (SOURCE, TARGET), (BATCH, SOURCE), (3, 1, SOURCE), (BATCH, 2, TARGET, SOURCE)],
    ids=str,
)
def test_a_mask_of_a_wrong_shape_is_refused_with_what_would_be_right(attentions, shape):
    with pytest.raises(ValueError, match=r"attention_mask has shape .*\(B, T, S\).*\(2, 5, 7\)"):
        attentions[0](query=QUERY, value=VALUE, attention_mask=np.ones(shape, bool))
    symbolic = keras.Input(batch_shape=shape, dtype="bool")
    with pytest.raises(ValueError, match="attention_mask has shape"):
        attentions[0](query=QUERY, value=VALUE, attention_mask=symbolic)


@pytest.mark.parametrize("layer", [EncoderBlock(HEADS, 7), Pooling("mean"), SpanHead()], ids=type)
def test_a_padding_mask_of_a_wrong_shape_is_refused(layer):
    with pytest.raises(ValueError, match=r"padding_mask has shape \(2, 7\).*\(2, 5\)"):
        layer(QUERY, padding_mask=np.ones((BATCH, SOURCE), bool))


def test_cross_attention_needs_an_encoder_output_and_nothing_else_takes_one():
    with pytest.raises(ValueError, match="encoder_output is given.*use_cross_attention=True"):
        DecoderBlock(HEADS, INTERMEDIATE)(QUERY, encoder_output=VALUE)
    with pytest.raises(ValueError, match="encoder_output is missing.*use_cross_attention=True"):
        DecoderBlock(HEADS, INTERMEDIATE, use_cross_attention=True)(QUERY)


IDS = keras.Input((None,), dtype="int32")
OTHER_IDS = keras.Input((None,), dtype="int32")
ROW, PADDED_ROW = np.array([[3, 4, 5]]), np.array([[3, 4, 5, 0, 0]])
LEFT_PADDED_ROW = np.array([[0, 0, 3, 4, 5]])


def embedded(ids: keras.KerasTensor) -> keras.KerasTensor:
    """Vectors that carry the mask of Keras' own embedding."""
    return keras.layers.Embedding(11, JOINED, mask_zero=True)(ids)


def encoder_model(*after: keras.Layer) -> keras.Model:
    return keras.Sequential([IDS, keras.layers.Embedding(11, JOINED, mask_zero=True), *after])


PASSED_ON = {
    "encoder block": [EncoderBlock(HEADS, INTERMEDIATE)],
    "rotary, pre-norm": [
        EncoderBlock(HEADS, INTERMEDIATE, head_dim=22, rotary=True, normalize_first=True)
    ],
    "decoder block": [DecoderBlock(HEADS, INTERMEDIATE, use_causal_mask=False)],
}
ENDS = {
    "Keras' own pooling": [keras.layers.GlobalAveragePooling1D()],
    **{pooling: [Pooling(pooling)] for pooling in ("first", "last", "mean", "max")},
    "classification": [ClassificationHead(3, pooling="max")],
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("blocks", PASSED_ON)
def test_the_mask_of_an_embedding_reaches_every_layer_of_a_sequential_model(blocks, end):
    model = encoder_model(*PASSED_ON[blocks], *PASSED_ON[blocks], *ENDS[end])
    for padded in (PADDED_ROW, LEFT_PADDED_ROW):
        np.testing.assert_allclose(model(padded), model(ROW), atol=1e-5)


def test_the_mask_of_an_encoder_output_reaches_cross_attention():
    memory = EncoderBlock(HEADS, INTERMEDIATE)(embedded(IDS))
    block = DecoderBlock(HEADS, INTERMEDIATE, use_cross_attention=True)
    y = block(embedded(OTHER_IDS), encoder_output=memory)
    model = keras.Model([IDS, OTHER_IDS], Pooling("mean")(y))
    expected = model([ROW, ROW[:, :2]])
    padded = model.predict([PADDED_ROW, np.array([[0, 3, 4, 0]])], verbose=0)
    np.testing.assert_allclose(padded, expected, atol=1e-5)


def test_the_masks_of_value_and_key_hide_both_from_attention():
    [value, query] = [embedded(IDS), embedded(OTHER_IDS)]
    y = MultiHeadAttention(HEADS, HEAD_DIM)(query=query, value=value)
    model = keras.Model([IDS, OTHER_IDS], keras.layers.GlobalAveragePooling1D()(y))
    padded = model([PADDED_ROW, np.array([[0, 3, 4, 0]])])
    np.testing.assert_allclose(padded, model([ROW, ROW[:, :2]]), atol=1e-5)


def test_a_given_mask_and_the_carried_one_hold_together():
    block = EncoderBlock(HEADS, INTERMEDIATE)
    x = keras.layers.Embedding(11, JOINED, mask_zero=True)(np.array([[3, 4, 5, 0]]))
    given = np.array([[True, True, False, True]])
    both = ops.convert_to_numpy(block(x, padding_mask=given))[:, :2]
    np.testing.assert_allclose(both, block(x[:, :2]), atol=1e-5)


def test_positions_count_real_tokens():
    mask = np.array([[0, 0, 1, 1, 1], [1, 1, 0, 1, 0], [0, 0, 0, 0, 0]], bool)
    assert np.array_equal(
        token_positions(mask), [[0, 0, 0, 1, 2], [0, 1, 1, 2, 2], [0, 0, 0, 0, 0]]
    )


@pytest.mark.parametrize("layer", [SinusoidalPosition(), LearnedPosition(TARGET)], ids=type)
def test_a_position_is_the_same_vector_wherever_its_token_stands(layer):
    x = random_array(BATCH, TARGET, HIDDEN)
    rows = ops.convert_to_numpy(layer(x))
    positions = np.array([[0, 0, 1, 2, 3], [4, 3, 2, 1, 0]])
    np.testing.assert_array_equal(layer(x, positions=positions), rows[positions])


@pytest.mark.parametrize("lengths", [(97, 200.0), (513, 200.0)], ids=str)
@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_the_mean_of_equal_16_bit_numbers_is_that_number(dtype, lengths):
    length, value = lengths
    x = ops.cast(np.full((1, length, 1), value), dtype)
    pooled = Pooling("mean", dtype=dtype)(x)
    assert keras.backend.standardize_dtype(pooled.dtype) == dtype
    assert float(ops.cast(pooled, "float32")[0, 0]) == value


@pytest.mark.parametrize("queries", [1, 2])
@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "float32"])
def test_attention_of_finite_16_bit_numbers_is_finite(dtype, queries):
    layer = MultiHeadAttention(1, 64, use_bias=False, dtype=dtype)
    layer.build((1, queries, 64))
    for dense in (layer.query_dense, layer.key_dense, layer.value_dense, layer.output_dense):
        dense.kernel.assign(np.eye(64))
    x = ops.cast(np.full((1, queries, 64), 300.0), dtype)  # 300 * 300 * 64 / 8 is beyond 65504
    np.testing.assert_array_equal(ops.cast(layer(x, x), "float32"), ops.cast(x, "float32"))


@pytest.mark.parametrize("pooling", ["first", "last", "mean", "max"])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32"])
def test_pooling_of_large_negative_numbers_and_of_padding_alone(dtype, pooling):
    x = np.full((2, TARGET, 1), -3e4)
    mask = np.array([[0, 1, 1, 0, 0], [0, 0, 0, 0, 0]], bool)
    pooled = Pooling(pooling, dtype=dtype)(ops.cast(x, dtype), padding_mask=mask)
    numbers = ops.convert_to_numpy(ops.cast(pooled, "float32"))
    np.testing.assert_allclose(numbers[0], -3e4, rtol=4e-3)
    assert np.all(np.isfinite(numbers[1]))
