"""What attention promises for any mask."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from tests.layers.samples import BATCH, HEAD_DIM, HEADS, SOURCE, TARGET, random_array
from tfplay.layers import (
    MultiHeadAttention,
    causal_mask,
    combine_masks,
    masked_softmax,
    scaled_dot_product_attention,
)

QUERY = random_array(BATCH, HEADS, TARGET, HEAD_DIM)
KEY = random_array(BATCH, HEADS, SOURCE, HEAD_DIM, seed=1)
VALUE = random_array(BATCH, HEADS, SOURCE, HEAD_DIM, seed=2)

lengths = st.integers(1, 7)


def random_mask(*shape: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random(shape) < 0.5


@settings(max_examples=20)
@given(lengths, lengths, st.sampled_from([0.1, 1.0, 1e4]), st.integers(0, 97))
def test_scores_sum_to_1_over_the_allowed_keys_and_are_0_elsewhere(target, source, scale, seed):
    logits = scale * random_array(BATCH, HEADS, target, source, seed=seed)
    mask = random_mask(BATCH, 1, target, source, seed=seed)
    scores = ops.convert_to_numpy(masked_softmax(logits, mask))
    assert np.all(scores[~np.broadcast_to(mask, scores.shape)] == 0)
    expected_sums = np.broadcast_to(mask.any(axis=-1), scores.shape[:-1])
    np.testing.assert_allclose(scores.sum(axis=-1), expected_sums, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_a_query_that_may_attend_to_nothing_gets_zeros(dtype):
    mask = np.ones((BATCH, 1, TARGET, SOURCE), dtype=bool)
    mask[1, :, 3] = False
    arrays = (ops.cast(x, dtype) for x in (QUERY, KEY, VALUE))
    output, logits, scores = scaled_dot_product_attention(*arrays, attention_mask=mask)
    assert np.all(np.isfinite(ops.cast(logits, "float32")))
    for answer in (output, scores):
        answer = ops.convert_to_numpy(ops.cast(answer, "float32"))
        assert np.all(answer[1, :, 3] == 0)
        assert np.all(np.any(answer[0] != 0, axis=-1))


def test_attention_is_the_formula():
    output, logits, scores = scaled_dot_product_attention(QUERY, KEY, VALUE)
    expected_logits = np.einsum("bhtd,bhsd->bhts", QUERY, KEY) / np.sqrt(HEAD_DIM)
    exponentials = np.exp(expected_logits)
    expected_scores = exponentials / exponentials.sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(logits, expected_logits, atol=1e-5)
    np.testing.assert_allclose(scores, expected_scores, atol=1e-5)
    np.testing.assert_allclose(output, expected_scores @ VALUE, atol=1e-5)


def test_causal_mask_allows_the_own_position_and_those_before():
    assert np.array_equal(causal_mask(TARGET)[0], np.tri(TARGET, dtype=bool))


def test_causal_mask_of_later_queries_is_the_end_of_the_whole_one():
    later = causal_mask(2, TARGET, start_index=TARGET - 2)
    assert np.array_equal(later, causal_mask(TARGET)[:, -2:])


def test_combined_masks_allow_what_all_of_them_allow():
    first, second = random_mask(1, 5, 7, seed=0), random_mask(2, 1, 7, seed=1)
    assert np.array_equal(combine_masks(first, None, second), first & second)
    assert combine_masks(None, None) is None


def test_rotated_queries_and_keys_know_their_distance_only():
    layer = MultiHeadAttention(HEADS, 2 * HEAD_DIM, rotary=True)
    x = random_array(BATCH, TARGET, 29)
    layer.build(x.shape)

    def logits(start_index):
        keys_and_values = layer.project_keys_and_values(x, start_index=start_index)
        _, trace = layer.attend(x, keys_and_values, start_index=start_index, return_trace=True)
        return trace.attention_logits

    np.testing.assert_allclose(logits(start_index=0), logits(start_index=31), atol=1e-4)


def test_a_masked_head_answers_as_if_its_rows_of_the_output_projection_were_0():
    layer = MultiHeadAttention(HEADS, HEAD_DIM)
    x = random_array(BATCH, TARGET, 29)
    layer.build(x.shape)
    kept = np.array([[True, False, True], [False, True, True]])
    projected = layer.project_keys_and_values(x)
    masked, _ = layer.attend(x, projected, head_mask=kept)
    traced, trace = layer.attend(x, projected, head_mask=kept, return_trace=True)
    np.testing.assert_array_equal(traced, masked)
    heads = np.asarray(layer.attend(x, projected, return_trace=True)[1].head_outputs)
    np.testing.assert_array_equal(trace.head_outputs, heads * kept[..., None, None])
    joined = np.concatenate(np.moveaxis(heads * kept[..., None, None], 1, 0), axis=-1)
    np.testing.assert_allclose(masked, layer.output_dense(joined), atol=1e-5)


def test_dropped_scores_change_the_output_in_training_only():
    x = random_array(BATCH, TARGET, 29)
    layer = MultiHeadAttention(HEADS, HEAD_DIM, dropout=0.5)
    inference = layer(query=x, value=x)
    assert np.array_equal(layer(query=x, value=x, training=False), inference)
    assert not np.allclose(layer(query=x, value=x, training=True), inference)


def test_heads_that_do_not_divide_are_named():
    with pytest.raises(ValueError, match="num_heads 3 is not a multiple of num_kv_heads 2"):
        MultiHeadAttention(num_heads=3, head_dim=HEAD_DIM, num_kv_heads=2)
