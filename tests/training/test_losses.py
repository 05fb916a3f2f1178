import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import ops

from tfplay.tasks import IGNORED
from tfplay.training import TokenAccuracy, TokenCrossEntropy, TokenLoss

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


WEIGHTS = np.random.default_rng(1).uniform(0.1, 3, (BATCH, TARGET)).astype("float32")


def keras_loss_of(labels, logits, weights, smoothing=0.0):
    loss = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=smoothing, reduction="mean_with_sample_weight"
    )
    return float(loss(ops.one_hot(labels, VOCABULARY), logits, weights))


def accuracy_of(labels, logits, weights):
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(labels.reshape(-1), logits.reshape(-1, VOCABULARY), weights.reshape(-1))
    return float(metric.result())


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_weighted_loss_and_metrics_are_those_of_keras(smoothing):
    labels, logits = random_predictions(BATCH, TARGET)
    labels = np.abs(labels)
    loss = TokenCrossEntropy(smoothing)(labels, logits, WEIGHTS)
    np.testing.assert_allclose(loss, keras_loss_of(labels, logits, WEIGHTS, smoothing), rtol=1e-5)
    np.testing.assert_allclose(
        TokenLoss()(labels, logits, WEIGHTS), keras_loss_of(labels, logits, WEIGHTS), rtol=1e-5
    )
    np.testing.assert_allclose(
        TokenAccuracy()(labels, logits, WEIGHTS), accuracy_of(labels, logits, WEIGHTS), rtol=1e-5
    )


@pytest.mark.parametrize("shape", [(BATCH,), (BATCH, 1), (BATCH, TARGET, 1), ()])
def test_a_weight_an_example_is_that_of_each_of_its_tokens(shape):
    labels, logits = random_predictions(BATCH, TARGET)
    given = np.resize(np.array([0.5, 2.0], "float32"), shape)
    if given.ndim == 3:
        everywhere = given[..., 0]
    else:
        everywhere = np.broadcast_to(given.reshape(-1, 1), (BATCH, TARGET))
    for measured in (TokenCrossEntropy(0.1), TokenLoss(), TokenAccuracy()):
        expected = float(measured(labels, logits, everywhere))
        if isinstance(measured, keras.metrics.Metric):
            measured.reset_state()
        assert float(measured(labels, logits, given)) == pytest.approx(expected)


@pytest.mark.parametrize("strange", [-100, IGNORED, VOCABULARY, 10**6])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_a_label_of_weight_0_is_never_looked_at(strange, smoothing):
    labels, logits = random_predictions(BATCH, TARGET)
    weights = np.where(labels == IGNORED, 0.0, WEIGHTS)
    replaced = np.where(labels == IGNORED, strange, labels)
    for measured in (TokenCrossEntropy(smoothing), TokenLoss(), TokenAccuracy()):
        expected = float(type(measured)()(labels, logits, WEIGHTS))
        if isinstance(measured, TokenCrossEntropy):
            expected = float(measured(labels, logits, WEIGHTS))
        assert float(measured(replaced, logits, weights)) == pytest.approx(expected)


def test_a_label_of_weight_0_has_no_gradient():
    import tensorflow as tf

    labels, logits = random_predictions(BATCH, TARGET)
    labels[0, :2] = 10**6
    weights = np.ones((BATCH, TARGET), "float32")
    weights[0, :2] = 0
    variable = tf.Variable(logits)
    with tf.GradientTape() as tape:
        loss = TokenCrossEntropy(0.1)(labels, variable, weights)
    slope = tape.gradient(loss, variable).numpy()
    assert np.isfinite(slope).all()
    assert (slope[0, :2] == 0).all() and (slope[1] != 0).any()


def test_where_every_weight_is_0_there_is_no_loss():
    labels, logits = random_predictions(BATCH, TARGET)
    nothing = np.zeros(BATCH)
    assert float(TokenCrossEntropy()(labels, logits, nothing)) == 0
    assert float(TokenAccuracy()(labels, logits, nothing)) == 0


def test_the_mask_of_keras_takes_labels_out():
    labels, logits = random_predictions(BATCH, TARGET)
    labels = np.abs(labels)
    masked = ops.convert_to_tensor(logits)
    mask = np.array([[True] * 3 + [False] * 2, [True] * TARGET])
    masked._keras_mask = ops.convert_to_tensor(mask)
    expected = mean_cross_entropy(np.where(mask, labels, IGNORED), logits)
    np.testing.assert_allclose(TokenCrossEntropy()(labels, masked), expected, rtol=1e-5)
    np.testing.assert_allclose(TokenLoss()(labels, masked), expected, rtol=1e-5)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_losses_of_16_bit_logits_are_computed_in_32(dtype, smoothing):
    random = np.random.default_rng(0)
    labels = random.integers(2999, size=(2, 2500))
    logits = ops.cast(random.normal(size=(2, 2500, 2999)).astype("float32"), dtype)
    exact = ops.cast(logits, "float32")
    for measured in (TokenCrossEntropy(smoothing), TokenLoss()):
        in_16, in_32 = (float(type(measured)()(labels, each)) for each in (logits, exact))
        assert in_16 == pytest.approx(in_32, rel=1e-6)


def test_a_last_axis_of_1_is_no_axis():
    labels, logits = random_predictions(BATCH, TARGET)
    for measured in (TokenCrossEntropy, TokenLoss, TokenAccuracy):
        assert float(measured()(labels[..., None], logits)) == float(measured()(labels, logits))


def test_fit_takes_weights_of_tokens_and_of_examples():
    labels, logits = random_predictions(BATCH, TARGET)
    model = keras.Sequential([keras.layers.Identity()])
    model.compile(loss=TokenCrossEntropy(), weighted_metrics=[TokenLoss()], run_eagerly=True)
    for weights in (WEIGHTS, WEIGHTS[:, 0]):
        told = model.fit(logits, labels, sample_weight=weights, verbose=0).history
        expected = float(TokenCrossEntropy()(labels, logits, weights))
        assert told["loss"] == told["token_loss"] == [pytest.approx(expected)]


def test_fit_takes_weights_of_classes():
    labels, logits = random_predictions(7)
    labels = np.abs(labels)
    weight_of_class = {label: 1.0 + label for label in range(VOCABULARY)}
    model = keras.Sequential([keras.layers.Identity()])
    model.compile(loss=TokenCrossEntropy(), run_eagerly=True)
    for told_labels in (labels, labels[:, None]):
        [told] = model.fit(logits, told_labels, class_weight=weight_of_class, verbose=0).history[
            "loss"
        ]
        assert told == pytest.approx(keras_loss_of(labels, logits, 1.0 + labels))
