"""What the smaller layers compute."""

import keras
import numpy as np
import pytest
from keras import ops

from tests.layers.samples import (
    BATCH,
    HIDDEN,
    INTERMEDIATE,
    TARGET,
    VOCABULARY,
    random_array,
    random_ids,
    randomize,
)
from tfplay.layers import (
    ClassificationHead,
    DecoderBlock,
    FeedForward,
    MaskedLanguageModelHead,
    PatchEmbedding,
    Pooling,
    ResidualNorm,
    TokenEmbedding,
    TokenPrediction,
)

X = random_array(BATCH, TARGET, HIDDEN)
PADDING = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], dtype=bool)


def assert_close(ours, expected) -> None:
    np.testing.assert_allclose(ours, expected, atol=1e-5)


@pytest.mark.parametrize("activation", ["relu", "gelu", "gelu_tanh", "swiglu"])
def test_feed_forward_is_its_formula(activation):
    layer = FeedForward(INTERMEDIATE, activation=activation)
    layer.build(X.shape)
    randomize(layer)
    up, down = layer.up_dense, layer.down_dense
    hidden = X @ up.kernel + up.bias
    inner = {
        "relu": lambda: keras.activations.relu(hidden),
        "gelu": lambda: keras.activations.gelu(hidden),
        "gelu_tanh": lambda: keras.activations.gelu(hidden, approximate=True),
        "swiglu": lambda: keras.activations.silu(layer.gate_dense(X)) * hidden,
    }
    assert_close(layer(X), inner[activation]() @ down.kernel + down.bias)


def test_feed_forward_looks_at_each_token_alone():
    layer = FeedForward(INTERMEDIATE)
    assert_close(layer(X)[:, 2:3], layer(X[:, 2:3]))


def test_an_unknown_activation_is_named():
    with pytest.raises(ValueError, match="activation is 'tanh'"):
        FeedForward(INTERMEDIATE, activation="tanh")


def test_an_unknown_normalization_is_named():
    with pytest.raises(ValueError, match="normalization is 'batch_norm'"):
        ResidualNorm("batch_norm")


@pytest.mark.parametrize("use_residual", [True, False], ids=["residual", "none"])
def test_post_norm_normalises_the_sum_and_pre_norm_what_the_sublayer_reads(use_residual):
    answer = random_array(BATCH, TARGET, HIDDEN, seed=1)
    added = X + answer if use_residual else answer
    normalise = keras.layers.LayerNormalization(epsilon=1e-5)
    post = ResidualNorm(normalize_first=False, use_residual=use_residual)
    assert_close(post(post.prepare(X), answer), normalise(added))
    assert_close(post.prepare(X), X)
    pre = ResidualNorm(normalize_first=True, use_residual=use_residual)
    assert_close(pre(X, answer), added)
    assert_close(pre.prepare(X), normalise(X))


@pytest.mark.parametrize("normalize_first", [True, False], ids=["pre", "post"])
def test_around_a_sublayer_is_what_it_reads_its_answer_and_the_sum(normalize_first):
    residual = ResidualNorm(normalize_first=normalize_first)
    residual.build(X.shape)
    after, trace = residual.around(X, lambda read: (read**2, "trace"))
    assert_close(after, residual(X, residual.prepare(X) ** 2))
    assert trace == "trace"


def test_projection_is_the_token_embedding_transposed():
    layer = TokenEmbedding(VOCABULARY, HIDDEN, scale=True)
    token_ids = random_ids(BATCH, TARGET)
    vectors = layer(token_ids)
    matrix = ops.convert_to_numpy(layer.embeddings)
    assert_close(vectors, matrix[token_ids] * np.sqrt(HIDDEN))
    assert_close(layer.project(vectors), vectors @ matrix.T)


def test_low_temperature_sharpens_the_prediction():
    head = TokenPrediction(VOCABULARY)
    cold, warm, hot = (
        ops.convert_to_numpy(head.probabilities(X, temperature)) for temperature in (0.1, 1, 10)
    )
    for probabilities in (cold, warm, hot):
        assert_close(probabilities.sum(axis=-1), 1)
    assert_close(warm, ops.softmax(head(X)))
    assert np.all(cold.max(axis=-1) > warm.max(axis=-1))
    assert np.all(warm.max(axis=-1) > hot.max(axis=-1))


@pytest.mark.parametrize("pooling", ["first", "last", "mean", "max"])
def test_pooling_passes_over_padding(pooling):
    expected = {
        "first": [X[0, 0], X[1, 0]],
        "last": [X[0, 2], X[1, -1]],
        "mean": [X[0, :3].mean(axis=0), X[1].mean(axis=0)],
        "max": [X[0, :3].max(axis=0), X[1].max(axis=0)],
    }
    assert_close(Pooling(pooling)(X, padding_mask=PADDING), np.stack(expected[pooling]))


def test_pooling_without_a_mask_takes_every_token():
    assert_close(Pooling("mean")(X), X.mean(axis=1))


def test_an_unknown_pooling_is_named():
    with pytest.raises(ValueError, match="pooling is 'median'"):
        Pooling("median")


def test_classification_head_is_pooler_and_projection():
    head = ClassificationHead(num_classes=3)
    head.build(X.shape)
    randomize(head)
    pooled, output = head.pooled_dense, head.output_dense
    expected = np.tanh(X[:, 0] @ pooled.kernel + pooled.bias) @ output.kernel + output.bias
    assert_close(head(X), expected)


def test_masked_language_model_head_projects_onto_the_embeddings_it_is_given():
    head = MaskedLanguageModelHead(VOCABULARY)
    head.build(X.shape)
    randomize(head)
    embeddings = random_array(VOCABULARY, HIDDEN)
    expected = head.norm(head.dense(X)) @ embeddings.T + head.bias
    assert_close(head(X, embeddings=embeddings), expected)


def test_patches_are_the_squares_of_the_image_row_by_row():
    images = random_array(BATCH, 6, 9, 5)
    layer = PatchEmbedding(patch_size=3, hidden_dim=HIDDEN)
    patches = ops.convert_to_numpy(layer.to_patches(images))
    assert patches.shape == (BATCH, 2 * 3, 3 * 3 * 5)
    fifth = images[:, 3:6, 3:6]
    assert np.array_equal(patches[:, 4], fifth.reshape(BATCH, -1))


def test_an_image_that_does_not_divide_into_patches_is_named():
    with pytest.raises(ValueError, match="7 x 9 pixels does not divide into patches of 3 x 3"):
        PatchEmbedding(patch_size=3, hidden_dim=HIDDEN)(random_array(BATCH, 7, 9, 5))


def test_a_width_that_the_heads_do_not_divide_is_named():
    with pytest.raises(ValueError, match="width 29 is not divisible by num_heads 3"):
        DecoderBlock(num_heads=3, intermediate_dim=INTERMEDIATE)(X)
