import math
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from tests.training.samples import MODEL, TRAINING, VOCABULARY, Counting, train_fresh
from tfplay.errors import DivergenceError
from tfplay.training import build_for_training, train, validate


@pytest.fixture(scope="module")
def trained():
    """Model, result and every progress of one plain run."""
    return train_fresh()


def test_training_learns():
    longer = replace(TRAINING, steps=80, evaluate_every=80)
    _, result, seen = train_fresh(longer)
    assert seen[0].loss == pytest.approx(math.log(VOCABULARY), rel=0.1)  # a fresh model guesses
    assert result.validation_loss < 0.3
    assert seen[-1].validation_accuracy > 0.9


def test_progress_is_told_after_every_step(trained):
    _, result, seen = trained
    assert [progress.step for progress in seen] == [1, 2, 3, 4, 5, 6]
    assert {progress.steps for progress in seen} == {6}
    assert [progress.tokens for progress in seen] == [15, 30, 45, 60, 75, 90]
    assert all(0 <= progress.accuracy <= 1 for progress in seen)
    seconds = [progress.seconds for progress in seen]
    assert seconds == sorted(seconds)
    assert seen[-1].seconds <= result.seconds
    assert seen[-1].remaining_seconds == 0
    assert result.steps == 6
    assert result.stopped_early is None


def test_validation_runs_when_due_and_at_the_end(trained):
    model, result, seen = trained
    validated = [progress.step for progress in seen if progress.validation_loss is not None]
    assert validated == [4, 6]
    assert result.validation_loss == seen[-1].validation_loss
    assert validate(model, Counting(), batch_size=3).loss == pytest.approx(result.validation_loss)


def test_a_seed_repeats_a_run_exactly(trained):
    model, _, seen = trained
    same_model, _, same = train_fresh()
    _, _, other = train_fresh(replace(TRAINING, seed=1))
    assert [progress.loss for progress in same] == [progress.loss for progress in seen]
    assert [progress.loss for progress in other] != [progress.loss for progress in seen]
    for weight, same_weight in zip(model.get_weights(), same_model.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, same_weight)


def test_label_smoothing_is_not_in_the_reported_loss(uncompiled):
    plain, smoothed = (
        train_fresh(replace(TRAINING, steps=1, label_smoothing=smoothing))[2][0].loss
        for smoothing in (0.0, 0.5)
    )
    assert smoothed == pytest.approx(plain)


def test_a_request_to_stop_keeps_what_was_learned(uncompiled):
    model, result, seen = train_fresh(on_step=lambda progress: progress.step == 3)
    assert (result.steps, result.stopped_early) == (3, "request")
    assert len(seen) == 3
    assert result.validation_loss is None  # who asks to stop does not want to wait for it


def test_a_stop_within_a_validation_ends_it(uncompiled):
    asked = []

    def should_stop():
        asked.append(True)
        return len(asked) > 3  # after three steps, and then before the validation's only batch

    model = build_for_training(MODEL, TRAINING)
    result = train(model, Counting(), TRAINING, should_stop=should_stop)
    assert (result.steps, result.stopped_early, result.validation_loss) == (4, "request", None)


def test_without_patience_training_goes_on_though_validation_gets_worse(without_xla):
    config = replace(TRAINING, steps=30, evaluate_every=5)
    _, result, _ = train_fresh(config, Counting(validation_stride=3))
    assert (result.steps, result.stopped_early) == (30, None)
    assert result.validation_loss > result.best_validation_loss


def test_patience_ends_training_and_restores_the_best_weights(without_xla):
    data = Counting(validation_stride=3)  # what is learned makes these worse and worse
    config = replace(TRAINING, steps=100, evaluate_every=5, patience=2)
    model, result, seen = train_fresh(config, data)
    assert result.stopped_early == "patience"
    assert result.steps < 100
    losses = [progress.validation_loss for progress in seen[4::5]]
    assert result.validation_loss == result.best_validation_loss == min(losses)
    assert losses[-3] == min(losses)
    assert validate(model, data, batch_size=3).loss == pytest.approx(min(losses))


def test_without_validation_data_there_is_no_validation_loss(uncompiled):
    config = replace(TRAINING, patience=1)
    _, result, seen = train_fresh(config, Counting(validation_stride=0))
    assert (result.steps, result.validation_loss) == (6, None)
    assert seen[-1].validation_loss is None


def test_a_loss_that_is_no_number_at_first_is_not_the_learning_rates_fault(uncompiled):
    model = build_for_training(MODEL, TRAINING)
    model.token_embeddings.assign(np.full(model.token_embeddings.shape, np.nan))
    with pytest.raises(DivergenceError, match=r"nan at step 1\. No step was made before") as raised:
        train(model, Counting(), TRAINING)
    assert "data or the first weights" in str(raised.value)


def test_a_loss_that_is_no_number_is_told_with_what_was_measured(uncompiled):
    model = build_for_training(replace(MODEL, normalization="none"), TRAINING)

    def break_it(progress):
        if progress.step == 2:
            model.token_embeddings.assign(np.full(model.token_embeddings.shape, np.inf))

    with pytest.raises(DivergenceError, match=r"nan at step 3\. One step before it was") as raised:
        train(model, Counting(), replace(TRAINING, gradient_clip=0.0), break_it)
    causes = str(raised.value).partition("Likely causes: ")[2].split("; ")
    assert [cause.split()[0] for cause in causes] == ["the", "a", "the"]
    assert "no normalisation" in causes[0]
    assert "learning rate of 0.03" in causes[1]
    assert "not clipped" in causes[2]


def test_a_last_step_that_spoils_the_weights_is_told_by_its_validation(uncompiled):
    model = build_for_training(MODEL, TRAINING)

    class Spoiling(Counting):
        """As if the step before its validation had been too long."""

        def validation_batches(self, batch_size):
            model.token_embeddings.assign(np.full(model.token_embeddings.shape, np.inf))
            return super().validation_batches(batch_size)

    with pytest.raises(DivergenceError, match=r"The loss became nan at step 4\."):
        train(model, Spoiling(), TRAINING)


def test_mixed_precision_trains():
    model, result, _ = train_fresh(replace(TRAINING, precision="mixed_bfloat16"))
    assert model.compute_dtype == "bfloat16"
    assert {weight.dtype for weight in model.weights} == {"float32"}
    assert result.train_loss == pytest.approx(math.log(VOCABULARY), rel=0.2)


def test_a_billion_steps_begin_at_once_and_take_no_more_memory_than_a_few():
    training = replace(TRAINING, steps=10**9, warmup_steps=10**9, evaluate_every=10**9)
    model, data = build_for_training(MODEL, training), Counting()
    tracemalloc.start()
    result = train(model, data, training, on_step=lambda progress: progress.step == 3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (result.steps, result.stopped_early) == (3, "request")
    assert peak < 100_000_000
