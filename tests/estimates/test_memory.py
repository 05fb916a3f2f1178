import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_parameters import tiny_config
from tfplay.config import TrainingConfig, preset
from tfplay.estimates import count_training_memory
from tfplay.models import build_model
from tfplay.training.preparation import make_optimizer

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("architecture", ["encoder-only", "decoder-only", "encoder-decoder"])
def test_weights_and_moments_are_what_keras_holds(architecture):
    config = tiny_config(architecture=architecture)
    model = build_model(config)
    optimizer = make_optimizer(model, TrainingConfig())
    memory = count_training_memory(config, batch_size=3, length=5)
    assert memory.weights == sum(4 * weight.value.shape.num_elements() for weight in model.weights)
    shapes = {tuple(weight.shape) for weight in model.trainable_weights}  # without its counters
    moments = [each for each in optimizer.variables if tuple(each.shape) in shapes]
    assert memory.moments == sum(4 * each.value.shape.num_elements() for each in moments)
    assert memory.total == 2 * memory.weights + memory.moments + memory.activations


def test_activations_are_within_a_factor_of_two_of_what_xla_reserves():
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.estimates", "--memory", "--models", "3"],
        cwd=ROOT,
        env=os.environ | {"KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
        check=True,
    )
    measured = json.loads(told.stdout.splitlines()[-1])["activations"]
    assert len(measured) == 2
    for each in measured:
        assert 1 / 2 < each["estimated"] / each["reserved"] < 2, each


def test_activations_grow_with_the_batch_and_faster_than_the_context():
    config = preset("gpt2-small")

    def activations(batch_size: int, length: int) -> int:
        return count_training_memory(config, batch_size, length).activations

    assert activations(6, 100) == pytest.approx(2 * activations(3, 100), rel=1e-6)
    assert activations(1, 1000) > 2.1 * activations(1, 500)


def test_half_the_precision_halves_vectors_but_neither_scores_nor_weights():
    config = preset("gpt2-small")
    full = count_training_memory(config, 1, 100)
    mixed = count_training_memory(config, 1, 100, is_mixed=True)
    assert mixed.weights == full.weights
    assert full.activations / 2 < mixed.activations < full.activations


@pytest.mark.parametrize(
    ("dropout", "is_mixed", "batch_size", "length", "gigabytes"),
    [
        (0.0, False, 8, 1024, 19.0),
        (0.1, False, 8, 1024, 20.4),
        (0.0, True, 8, 1024, 5.8),
        (0.1, True, 8, 1024, 12.0),
        (0.1, True, 32, 128, 4.2),
    ],
)
def test_the_estimate_for_a_gpu_is_near_what_one_really_needed(
    dropout, is_mixed, batch_size, length, gigabytes
):
    config = preset("gpt2-small", dropout=dropout)
    memory = count_training_memory(config, batch_size, length, None, is_mixed, is_on_gpu=True)
    assert memory.total / 1e9 == pytest.approx(gigabytes, rel=0.2)
