"""The norms that the optimizer measures, beside those of a gradient taken anew."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from tests.training.samples import MODEL, TRAINING, Counting
from tfplay.training import TokenCrossEntropy, build_for_training, global_norm, train
from tfplay.training.gradients import MeasuredAdamW, part_of
from tfplay.training.preparation import make_optimizer

tf = pytest.importorskip("tensorflow")

PLAIN = replace(MODEL, dropout=0.0, num_layers=2)


def gradient(model, batch):
    """(path, gradient) of each weight, by a tape of our own."""
    with tf.GradientTape() as tape:
        loss = TokenCrossEntropy()(batch.labels, model(batch.inputs, training=True))
    weights = model.trainable_weights
    gradients = tape.gradient(loss, [weight.value for weight in weights])
    return {
        weight.path: tf.convert_to_tensor(each).numpy()
        for weight, each in zip(weights, gradients, strict=True)
    }


@pytest.mark.parametrize("tied", [True, False])
def test_norms_are_those_of_a_gradient_taken_anew_before_it_is_clipped(tied):
    training = replace(TRAINING, steps=1, gradient_clip=1e-3)
    model = build_for_training(replace(PLAIN, tie_embeddings=tied), training)
    first_weights = model.get_weights()
    measured = []
    train(model, Counting(0), training, lambda _: measured.append(model.optimizer.gradient_norms()))
    model.set_weights(first_weights)
    expected = gradient(model, next(Counting().training_batches(3, training.seed)))

    [norms] = measured
    for part, norm in norms.items():
        inside = [each for path, each in expected.items() if part_of(path) == part]
        assert norm == pytest.approx(np.linalg.norm(np.concatenate([x.ravel() for x in inside])))
    whole = np.linalg.norm(np.concatenate([each.ravel() for each in expected.values()]))
    assert global_norm(norms) == pytest.approx(whole)
    assert whole > 1e-3


def test_parts_go_from_input_to_output():
    model = build_for_training(replace(MODEL, architecture="encoder-decoder"), TRAINING)
    optimizer = make_optimizer(model, TRAINING)
    expected = ["embeddings", "encoder_block_0", "decoder_block_0", "head"]
    assert list(optimizer.gradient_norms()) == expected
    assert len({id(variable) for variable in optimizer.variables}) == len(optimizer.variables)


def test_measuring_does_not_change_what_is_learned():
    learned = []
    for optimizer_class in (MeasuredAdamW, keras.optimizers.AdamW):
        model = build_for_training(PLAIN, TRAINING)
        optimizer = optimizer_class(0.1, weight_decay=0.1, global_clipnorm=1.0)
        random = np.random.default_rng(0)
        grads = [random.normal(size=w.shape).astype("float32") for w in model.trainable_weights]
        optimizer.apply(grads, model.trainable_weights)
        learned.append(model.get_weights())
    for weight, expected in zip(*learned, strict=True):
        np.testing.assert_allclose(weight, expected, atol=1e-6)
