import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import ops

from tfplay.training import IGNORED, TokenAccuracy, TokenCrossEntropy, TokenLoss

BATCH, TARGET, VOCABULARY = 2, 5, 11


def random_predictions(*shape, seed=0):
    """Labels of which some are ignored, and logits."""
    random = np.random.default_rng(seed)
    labels = random.integers(VOCABULARY, size=shape)
    labels[random.random(shape) < 0.3] = IGNORED
    return labels, random.normal(scale=3, size=(*shape, VOCABULARY)).astype("float32")


def mean_cross_entropy(labels, logits):
    """The definition, one token after the other."""
    losses = [
        np.log(np.exp(vector).sum()) - vector[label]
        for label, vector in zip(labels.ravel(), logits.reshape(-1, VOCABULARY), strict=True)
        if label != IGNORED
    ]
    return np.mean(losses)


def test_loss_is_the_mean_cross_entropy_of_the_labels_that_count():
    labels, logits = random_predictions(BATCH, TARGET)
    loss = TokenCrossEntropy()(labels, logits)
    np.testing.assert_allclose(loss, mean_cross_entropy(labels, logits), rtol=1e-5)


def test_label_smoothing_is_that_of_keras():
    labels, logits = random_predictions(BATCH, TARGET)
    labels = np.abs(labels)
    keras_loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.13)
    expected = keras_loss(ops.one_hot(labels, VOCABULARY), logits)
    np.testing.assert_allclose(TokenCrossEntropy(0.13)(labels, logits), expected, rtol=1e-5)


@given(padding=st.integers(1, 7), smoothing=st.sampled_from([0.0, 0.2]), seed=st.integers(0, 99))
def test_padding_never_dilutes(padding, smoothing, seed):
    labels, logits = random_predictions(BATCH, TARGET, seed=seed)
    _, more_logits = random_predictions(BATCH, padding, seed=seed + 1)
    padded = (
        np.pad(labels, ((0, 0), (0, padding)), constant_values=IGNORED),
        np.concatenate([logits, more_logits], axis=1),
    )
    loss = TokenCrossEntropy(smoothing)
    np.testing.assert_allclose(loss(*padded), loss(labels, logits), rtol=1e-5)
    for metric in (TokenLoss(), TokenAccuracy()):
        with_padding, without = metric(*padded), type(metric)()(labels, logits)
        np.testing.assert_allclose(with_padding, without, rtol=1e-5)


@pytest.mark.parametrize("metric_class", [TokenLoss, TokenAccuracy])
def test_metrics_are_exact_over_batches_of_different_shapes(metric_class):
    short, long = random_predictions(3, 2), random_predictions(7, 13, seed=1)
    metric = metric_class()
    metric.update_state(*short)
    metric.update_state(*long)

    labels = np.concatenate([short[0].ravel(), long[0].ravel()])[None]
    logits = np.concatenate([x.reshape(-1, VOCABULARY) for x in (short[1], long[1])])[None]
    np.testing.assert_allclose(metric.result(), metric_class()(labels, logits), rtol=1e-5)


def test_reported_loss_has_no_label_smoothing():
    labels, logits = random_predictions(BATCH, TARGET)
    np.testing.assert_allclose(TokenLoss()(labels, logits), TokenCrossEntropy()(labels, logits))
    assert TokenCrossEntropy(0.2)(labels, logits) > TokenLoss()(labels, logits)


def test_accuracy_is_the_share_of_right_tokens():
    logits = np.eye(VOCABULARY, dtype="float32")[None, :4]  # says 0, 1, 2, 3
    assert float(TokenAccuracy()(np.array([[0, 1, 9, IGNORED]]), logits)) == pytest.approx(2 / 3)


def test_nothing_to_predict_is_no_loss():
    _, logits = random_predictions(BATCH, TARGET)
    labels = np.full((BATCH, TARGET), IGNORED)
    assert float(TokenCrossEntropy(0.1)(labels, logits)) == 0


def test_half_precision_logits_give_a_float32_loss():
    labels, logits = random_predictions(BATCH, TARGET)
    rounded = ops.cast(logits, "bfloat16")
    loss = TokenCrossEntropy()(labels, rounded)
    assert keras.backend.standardize_dtype(loss.dtype) == "float32"
    np.testing.assert_allclose(
        loss, mean_cross_entropy(labels, np.array(ops.cast(rounded, "float32"))), rtol=1e-5
    )


@pytest.mark.parametrize(
    ("original", "deserialize"),
    [
        (TokenCrossEntropy(0.2), keras.losses.deserialize),
        (TokenLoss(), keras.metrics.deserialize),
        (TokenAccuracy(), keras.metrics.deserialize),
    ],
    ids=lambda value: type(value).__name__,
)
def test_loss_and_metrics_survive_saving(original, deserialize):
    copy = deserialize(keras.saving.serialize_keras_object(original))
    assert type(copy) is type(original)
    assert copy.get_config() == original.get_config()
