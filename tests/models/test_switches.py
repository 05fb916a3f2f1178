"""What a learner may break, breaks; what holds at inference, holds."""

import numpy as np
import pytest

from tests.layers.samples import HEAD_DIM, HEADS, TARGET, random_ids
from tests.models.samples import POSITIONS, copy_of, tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES, POOLINGS
from tfplay.models import TransformerModel

SWITCHES = {
    "no scaling": {"scale_attention": False},
    "no residual": {"use_residual": False},
    "no normalisation": {"normalization": "none"},
    "no position": {"position": "none"},
    "no feed-forward network": {"use_feed_forward": False},
    "one head": {"num_heads": 1, "num_kv_heads": 1, "head_dim": HEADS * HEAD_DIM},
}


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request) -> TransformerModel:
    return tiny_model(request.param)


@pytest.mark.parametrize("switch", SWITCHES.values(), ids=SWITCHES)
def test_each_switch_changes_the_outputs_of_the_same_weights(model, switch):
    inputs = tiny_inputs(model.architecture)
    broken = copy_of(model, **switch)(inputs)
    assert np.all(np.isfinite(broken))
    assert np.abs(broken - model(inputs)).max() > 1e-2


def test_dropout_acts_in_training_only(model):
    inputs = tiny_inputs(model.architecture)
    outputs, dropping = model(inputs), copy_of(model, dropout=0.5)
    assert np.array_equal(dropping(inputs), outputs)
    assert np.array_equal(dropping(inputs, training=False), outputs)
    assert np.abs(dropping(inputs, training=True) - outputs).max() > 1e-2


def test_token_dropout_drops_whole_tokens_in_training_only():
    embeddings = tiny_model("encoder-only", token_dropout=0.5, position="none").embeddings
    token_ids = random_ids(2, TARGET)
    kept, dropping = np.asarray(embeddings(token_ids)), embeddings(token_ids, training=True)
    is_dropped = np.all(np.asarray(dropping) == 0, axis=-1)
    assert 0 < is_dropped.sum() < is_dropped.size
    np.testing.assert_allclose(dropping[~is_dropped], 2 * kept[~is_dropped], rtol=1e-6)


@pytest.mark.parametrize("pooling", [each for each in POOLINGS if each != "flatten"])
def test_a_classifier_reads_what_its_pooling_takes(pooling):
    model = tiny_model("encoder-only", head="classification", num_classes=3, pooling=pooling)
    token_ids = random_ids(2, TARGET)
    vectors = model.trace(token_ids).encoder.output
    pooled = {
        "first": vectors[:, 0],
        "last": vectors[:, -1],
        "mean": np.mean(vectors, axis=1),
        "max": np.max(vectors, axis=1),
    }[pooling]
    expected = model.head.output_dense(model.head.pooled_dense(pooled))
    np.testing.assert_allclose(model(token_ids), expected, atol=1e-5)


ORDER = np.array([3, 0, 4, 1, 2])


def test_without_position_an_encoder_does_not_know_the_order():
    model, token_ids = tiny_model("encoder-only", position="none"), random_ids(2, TARGET)
    reordered = np.asarray(model(token_ids))[:, ORDER]
    np.testing.assert_allclose(model(token_ids[:, ORDER]), reordered, atol=1e-5)


@pytest.mark.parametrize("options", POSITIONS.values(), ids=POSITIONS)
def test_with_any_position_an_encoder_knows_the_order(options):
    model, token_ids = tiny_model("encoder-only", **options), random_ids(2, TARGET)
    reordered = np.asarray(model(token_ids))[:, ORDER]
    assert np.abs(model(token_ids[:, ORDER]) - reordered).max() > 1e-2
