from types import SimpleNamespace

import numpy as np
import pytest
from keras import ops

from tests.training.samples import MODEL, TRAINING
from tfplay.training import build_for_training, resolve_precision
from tfplay.training.preparation import make_optimizer


def test_only_matrices_decay():
    model = build_for_training(MODEL, TRAINING)
    for weight in model.trainable_weights:
        weight.assign(np.ones(weight.shape))
    optimizer = make_optimizer(model, TRAINING)
    optimizer.apply(
        [ops.zeros(weight.shape) for weight in model.trainable_weights], model.trainable_weights
    )
    decayed = 1 - TRAINING.learning_rate * TRAINING.weight_decay
    for weight in model.trainable_weights:
        expected = decayed if len(weight.shape) == 2 else 1
        np.testing.assert_allclose(weight.numpy(), expected, rtol=1e-6, err_msg=weight.path)


def test_a_seed_gives_the_same_fresh_weights():
    first, again = (build_for_training(MODEL, TRAINING).get_weights() for _ in range(2))
    for weight, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(weight, same)


@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_a_named_precision_is_taken_as_it_is(precision):
    assert resolve_precision(precision) == precision


@pytest.mark.parametrize(
    ("device", "precision"),
    [
        ("/job:localhost/replica:0/task:0/device:CPU:0", "float32"),  # of TensorFlow
        ("TFRT_CPU_0", "float32"),  # of JAX
        ("/job:localhost/replica:0/task:0/device:GPU:0", "mixed_bfloat16"),
        ("cuda:0", "mixed_bfloat16"),
    ],
)
def test_automatic_precision_is_half_on_an_accelerator_only(monkeypatch, device, precision):
    monkeypatch.setattr("keras.ops.zeros", lambda shape: SimpleNamespace(device=device))
    assert resolve_precision("auto") == precision
