"""Several devices make of the parts of a batch what one makes of the whole.

Devices are chosen once in a process, so each training has a process of its own.
"""

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.training.samples import MODEL, TRAINING, Counting
from tfplay.errors import InputError
from tfplay.tasks import IGNORED, Batch
from tfplay.training import build_for_training, train

ROOT = Path(__file__).resolve().parents[2]
CONFIG = replace(TRAINING, batch_size=6, learning_rate=0.003, gradient_clip=0.5)
TWO_CPUS = """
import tensorflow as tf
[cpu] = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
"""
TRAIN = """
import sys
from tests.training.test_distribution import train_and_keep
train_and_keep(*sys.argv[1:])
"""


class Uneven(Counting):
    """The halves of a batch differ in how many labels count."""

    def training_batches(self, batch_size, seed, first=0):
        random = np.random.default_rng(seed)
        for number, batch in enumerate(super().training_batches(batch_size, seed)):
            is_left_out = random.random(batch.labels.shape) < 0.5
            if number >= first:
                yield Batch(batch.inputs, np.where(is_left_out, IGNORED, batch.labels))


def train_and_keep(path: str, dropout: str, last_step: str) -> None:
    """In the other process: keeps weights, losses and gradient norms; stops after a step."""
    model = build_for_training(replace(MODEL, dropout=float(dropout)), CONFIG)
    losses, norms = [], []

    def on_step(progress):
        losses.append((progress.loss, progress.accuracy))
        norms.append(list(model.optimizer.gradient_norms().values()))
        return progress.step == int(last_step)

    result = train(model, Uneven(), CONFIG, on_step)
    weights = {weight.path: keras.ops.convert_to_numpy(weight) for weight in model.weights}
    validation = np.array(result.validation_loss, dtype=float)  # NaN if it was stopped before
    np.savez(path, losses=losses, norms=norms, validation=validation, **weights)


def started(path, script=TRAIN, dropout=0.0, last_step=0, **environment):
    command = [sys.executable, "-c", script, str(path), str(dropout), str(last_step)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)


def kept(*processes):
    """What the processes leave, which run side by side, once all have ended well."""
    try:
        assert [process.wait(600) for process in processes] == [0] * len(processes)
    finally:
        for process in processes:
            process.kill()
    return [dict(np.load(process.args[3])) for process in processes]


def assert_equal(left, right):
    assert left.keys() == right.keys()
    for name, expected in left.items():
        # A key's bias changes no attention: its gradient is nothing but rounding.
        tolerance = 1e-5 if "key/bias" not in name else 1e-3
        np.testing.assert_allclose(right[name], expected, rtol=0, atol=tolerance, err_msg=name)


def test_two_devices_of_tensorflow_train_as_one(tmp_path):
    one, two = kept(
        started(tmp_path / "one.npz"),
        started(tmp_path / "two.npz", TWO_CPUS + TRAIN, TFPLAY_DEVICES="2"),
    )
    assert_equal(one, two)


def test_two_processes_of_jax_train_and_stop_as_one(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    jax = {"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}
    two = jax | {
        "KERAS_DISTRIBUTION_JOB_ADDRESSES": f"127.0.0.1:{port}",
        "KERAS_DISTRIBUTION_NUM_PROCESSES": "2",
    }
    first_id, second_id = ({"KERAS_DISTRIBUTION_PROCESS_ID": number} for number in "01")
    alone, first, second = kept(
        started(tmp_path / "alone.npz", dropout=0.1, last_step=5, **jax),
        started(tmp_path / "0.npz", dropout=0.1, last_step=5, **two, **first_id),
        started(tmp_path / "1.npz", dropout=0.1, last_step=2, **two, **second_id),
    )
    assert len(first["losses"]) == 5
    for name, array in first.items():
        np.testing.assert_array_equal(second[name], array, err_msg=name)
    assert_equal(alone, first)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TFPLAY_DEVICES", "two", "TFPLAY_DEVICES is 'two'; it should be a whole number"),
        ("TFPLAY_DEVICES", "999", "TFPLAY_DEVICES is 999, but there are only /device:"),
        ("KERAS_DISTRIBUTION_NUM_PROCESSES", "2", "KERAS_BACKEND=jax can"),
    ],
)
def test_devices_that_are_not_there_are_named(name, value, sentence, monkeypatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=sentence):
        build_for_training(MODEL, CONFIG)
