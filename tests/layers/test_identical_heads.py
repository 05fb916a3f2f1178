"""Heads that begin alike stay alike; heads that begin at random do not."""

import keras
import numpy as np
import pytest
from keras import ops

from tests.layers.samples import BATCH, HEAD_DIM, HEADS, HIDDEN, TARGET, random_array
from tfplay.layers import MultiHeadAttention, causal_mask

X = random_array(BATCH, TARGET, HIDDEN)
ANSWER = random_array(BATCH, TARGET, HIDDEN, seed=1)


def heads_of(layer: MultiHeadAttention) -> list[np.ndarray]:
    """The kernels W_Q, W_K, W_V and W_O, cut into heads: each (heads, ..., ...)."""
    incoming = [
        np.split(np.asarray(dense.kernel), heads, axis=1)
        for dense, heads in (
            (layer.query_dense, layer.num_heads),
            (layer.key_dense, layer.num_kv_heads),
            (layer.value_dense, layer.num_kv_heads),
        )
    ]
    outgoing = np.split(np.asarray(layer.output_dense.kernel), layer.num_heads, axis=0)
    return [np.stack(heads) for heads in (*incoming, outgoing)]


def difference_of_heads(heads: np.ndarray) -> float:
    """The largest difference of any head from the first one."""
    return np.abs(heads - heads[0]).max()


def make_layer(head_dim: int = HEAD_DIM, **options) -> MultiHeadAttention:
    keras.utils.set_random_seed(0)
    layer = MultiHeadAttention(HEADS, head_dim, **options)
    layer.build(X.shape)
    return layer


def trained(layer: MultiHeadAttention) -> MultiHeadAttention:
    """The layer after some steps towards another answer."""
    inputs = keras.Input(batch_shape=X.shape)
    mask = causal_mask(TARGET)
    model = keras.Model(inputs, layer(query=inputs, value=inputs, attention_mask=mask))
    model.compile(keras.optimizers.Adam(0.01), "mse", run_eagerly=True)
    for _ in range(20):
        model.train_on_batch(X, ANSWER)
    return layer


def test_all_heads_begin_with_the_weights_that_the_first_would_have_had():
    for alike, at_random in zip(
        heads_of(make_layer(identical_heads=True)), heads_of(make_layer()), strict=True
    ):
        assert difference_of_heads(alike) == 0
        np.testing.assert_array_equal(alike[0], at_random[0])


@pytest.mark.parametrize(
    "options", [{}, {"num_kv_heads": 1}, {"rotary": True, "head_dim": 14, "use_bias": False}]
)
def test_heads_that_begin_alike_are_alike_after_training(options):
    layer = make_layer(identical_heads=True, **options)
    before = heads_of(layer)
    after = heads_of(trained(layer))
    for old, new in zip(before, after, strict=True):
        assert np.abs(new - old).max() > 0.01  # they have learned
        assert difference_of_heads(new) < 1e-3
    scores = layer.attend(X, layer.project_keys_and_values(X), return_trace=True)[1]
    assert difference_of_heads(ops.convert_to_numpy(scores.attention_scores).swapaxes(0, 1)) < 1e-3


def test_heads_that_begin_at_random_differ_after_training():
    for heads in heads_of(trained(make_layer())):
        assert difference_of_heads(heads) > 0.1


def test_dropout_tells_heads_apart():
    layer = trained(make_layer(identical_heads=True, dropout=0.5))
    assert max(map(difference_of_heads, heads_of(layer))) > 0.01
