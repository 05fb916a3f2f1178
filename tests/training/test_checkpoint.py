"""An interrupted training that goes on, beside the same one uninterrupted."""

from dataclasses import replace

import numpy as np
import pytest

from tests.training.samples import MODEL, TRAINING, Counting
from tfplay.errors import InputError
from tfplay.store.checkpoint import CheckpointFile
from tfplay.store.weights import load_weights
from tfplay.training import build_for_training, train

LONGER = replace(TRAINING, steps=9, evaluate_every=4, patience=5)


@pytest.fixture
def checkpoint(tmp_path):
    return CheckpointFile(tmp_path / "checkpoint.npz")


@pytest.fixture
def often(monkeypatch):
    """A checkpoint after every step."""
    monkeypatch.setattr("tfplay.training.checkpoint.SECONDS_BETWEEN", 0.0)
    monkeypatch.setattr("tfplay.training.checkpoint.LARGEST_SHARE", 1e9)


def go_on(checkpoint, until=None, config=LONGER):
    """Trains a model from the checkpoint; the process "dies" in the step after `until`."""
    model, seen = build_for_training(MODEL, config), []

    def remember(progress):
        if until is not None and progress.step > until:
            raise KeyboardInterrupt
        seen.append(progress)

    try:
        return model, train(model, Counting(), config, remember, checkpoint), seen
    except KeyboardInterrupt:
        return model, None, seen


def test_what_follows_an_interruption_is_as_if_there_had_been_none(checkpoint, often, uncompiled):
    model, result, straight = go_on(None)
    *_, before = go_on(checkpoint, until=5)
    assert checkpoint.figures()["step"] == 5
    resumed_model, resumed_result, after = go_on(checkpoint)

    pieces = [*before, *after]
    assert [progress.step for progress in pieces] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    for name in ("loss", "accuracy", "learning_rate", "tokens", "validation_loss"):
        values = [[getattr(progress, name) for progress in each] for each in (straight, pieces)]
        np.testing.assert_allclose(*np.array(values, dtype=float), atol=1e-5, equal_nan=True)
    seconds = [progress.seconds for progress in pieces]
    assert seconds == sorted(seconds)
    assert resumed_result.train_loss == pytest.approx(result.train_loss, abs=1e-5)
    assert resumed_result.best_validation_loss == pytest.approx(
        result.best_validation_loss, abs=1e-5
    )
    for weight, resumed in zip(model.get_weights(), resumed_model.get_weights(), strict=True):
        np.testing.assert_allclose(resumed, weight, atol=1e-5)


def test_one_that_was_interrupted_after_its_last_step_has_nothing_left_to_do(
    checkpoint, uncompiled
):
    short = replace(TRAINING, steps=1)
    model, result, _ = go_on(checkpoint, config=short)
    again, same_result, seen = go_on(checkpoint, config=short)
    assert seen == []
    assert same_result.steps == 1
    assert same_result.train_loss == result.train_loss
    for weight, same in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(same, weight)


def test_there_is_a_checkpoint_before_the_first_step_and_its_model_can_be_used(
    checkpoint, uncompiled, tmp_path
):
    model, *_ = go_on(checkpoint, until=0)
    assert checkpoint.figures()["step"] == 0
    checkpoint.extract_model(tmp_path / "model.npz")
    first = build_for_training(MODEL, LONGER)
    loaded = load_weights(MODEL, tmp_path / "model.npz")
    for weight, kept in zip(first.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(kept, weight)


def test_a_checkpoint_takes_at_most_its_share_of_the_time(checkpoint, uncompiled, monkeypatch):
    monkeypatch.setattr("tfplay.training.checkpoint.SECONDS_BETWEEN", 0.0)
    saved = []
    monkeypatch.setattr(checkpoint, "save", lambda arrays, figures: saved.append(figures["step"]))
    monkeypatch.setattr("tfplay.training.checkpoint.LARGEST_SHARE", 1e-9)
    go_on(checkpoint, until=1)
    assert saved == [0]


@pytest.mark.parametrize("num_bytes", [0, 5, 3000])
def test_a_damaged_checkpoint_is_told(checkpoint, num_bytes):
    checkpoint.save({"a": np.zeros(1000)}, {"step": 3})
    checkpoint.path.write_bytes(checkpoint.path.read_bytes()[:num_bytes])
    with pytest.raises(InputError, match=r"checkpoint\.npz is cut short or damaged"):
        checkpoint.load()
