"""A small model, and data that it learns in seconds."""

from itertools import count

import keras
import numpy as np
import pytest

from tfplay.config import ModelConfig, TrainingConfig
from tfplay.tasks import Batch
from tfplay.training import build_for_training, train

TARGET, VOCABULARY, HIDDEN = 5, 7, 11

MODEL = ModelConfig(
    "decoder-only",
    vocabulary_size=VOCABULARY,
    max_sequence_length=TARGET,
    num_layers=1,
    hidden_dim=HIDDEN,
    num_heads=1,
    dropout=0.1,
)
TRAINING = TrainingConfig(
    steps=6, batch_size=3, learning_rate=0.03, schedule="constant", warmup_steps=0, evaluate_every=4
)


class Counting:
    """Sequences that count up from a random token; validation may count in other steps.

    Args:
        validation_stride: What validation sequences count by; 0 is no validation at all.
    """

    def __init__(self, validation_stride=1):
        self.validation_stride = validation_stride

    def training_batches(self, batch_size, seed, first=0):
        random = np.random.default_rng(seed)
        for number in count():
            starts = random.integers(VOCABULARY, size=batch_size)
            if number >= first:
                yield self._count(starts, stride=1)

    def validation_batches(self, batch_size):
        if self.validation_stride:
            yield self._count(np.arange(batch_size) % VOCABULARY, self.validation_stride)

    def _count(self, starts, stride):
        tokens = (starts[:, None] + stride * np.arange(TARGET + 1)) % VOCABULARY
        tokens = tokens.astype("int32")
        return Batch({"token_ids": tokens[:, :-1]}, tokens[:, 1:])


def train_fresh(config=TRAINING, data=None, on_step=lambda progress: None):
    """Builds and trains; returns the model, the result and the progress of every step."""
    model = build_for_training(MODEL, config)
    seen = []

    def remember(progress):
        seen.append(progress)
        return on_step(progress)

    return model, train(model, data or Counting(), config, remember), seen


def run_eagerly(patch: pytest.MonkeyPatch) -> None:
    """Steps run eagerly: to compile one takes longer than all steps of such a run."""
    compile_model = keras.Model.compile

    def compile_eagerly(model, *, jit_compile, run_eagerly, **kwargs):
        compile_model(model, run_eagerly=True, **kwargs)

    patch.setattr(keras.Model, "compile", compile_eagerly)


def run_without_xla(patch: pytest.MonkeyPatch) -> None:
    """Steps run as graphs: XLA compiles each shape of a batch for longer than a toy learns."""
    compile_model = keras.Model.compile

    def compile_without_xla(model, *args, jit_compile=None, **kwargs):
        compile_model(model, *args, jit_compile=False, **kwargs)

    patch.setattr(keras.Model, "compile", compile_without_xla)
