"""What a training leaves to be seen of it."""

import math

import numpy as np
import pytest

from tests.jobs.samples import smallest_recipe, write_pairs, write_text
from tests.training.samples import run_eagerly
from tfplay.jobs.recording import Recorder, _is_kept
from tfplay.jobs.training import train_run
from tfplay.store import create_run


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded")
    data = write_pairs(folder)
    recipe = smallest_recipe("translation", data, steps=6, evaluate_every=3)
    run = create_run(recipe, data, folder / "run")
    with run.hold(), pytest.MonkeyPatch.context() as patch:
        run_eagerly(patch)
        train_run(run)
    return run


def test_the_snapshots_lead_from_the_first_weights_to_the_trained_model(run):
    assert run.model.steps() == [0, 1, 2, 3, 5, 6]
    weights = {step: run.model.at(step).load().model.get_weights() for step in (0, 3, 6)}
    for last, trained in zip(weights[6], run.model.load().model.get_weights(), strict=True):
        np.testing.assert_array_equal(last, trained)
    distances = [
        sum(np.abs(a - b).sum() for a, b in zip(weights[0], weights[step], strict=True))
        for step in (3, 6)
    ]
    assert 0 < distances[0] < distances[1]


def test_every_line_has_the_gradients_norm_in_each_part_of_the_model(run):
    for line in run.metrics():
        assert list(line["gradient_norms"]) == [
            "embeddings",
            "encoder_block_0",
            "decoder_block_0",
            "head",
        ]
        assert line["gradient_norm"] == pytest.approx(math.hypot(*line["gradient_norms"].values()))
        assert all(norm > 0 for norm in line["gradient_norms"].values())


def test_the_last_validation_has_scores_and_answers_to_the_same_examples_as_the_first(run):
    scored = [line["step"] for line in run.metrics() if "scores" in line]
    assert scored == [line["step"] for line in run.samples()]
    assert (scored[0], scored[-1]) == (3, 6)
    first, last = run.samples()[0]["samples"], run.samples()[-1]["samples"]
    assert len(first) == len(last) == 4
    for before, after in zip(first, last, strict=True):
        assert (before["input"], before["wanted"]) == (after["input"], after["wanted"])
    assert {"bleu", "chrf", "exact_match"} <= run.metrics()[-1]["scores"].keys()


def test_without_validation_there_are_no_answers_and_without_snapshots_none(tmp_path, uncompiled):
    data = write_text(tmp_path)
    changes = {"validation_fraction": 0.0, "snapshots": 0, "steps": 2}
    run = create_run(smallest_recipe("language-model", data, **changes), data)
    with run.hold():
        train_run(run)
    assert run.samples() == []
    assert run.model.steps() == []


def test_a_training_that_ends_early_has_its_end_among_the_snapshots(run, tmp_path):
    again = create_run(run.recipe, run.data_path, tmp_path / "again")
    again.save_model_config(run.model.config, run.config.parameters)
    recorder = Recorder(again, run.model.load(), validation=[])
    recorder.begin()
    recorder.end(4)
    assert again.model.steps() == [0, 4]


def test_validations_at_every_step_leave_fewer_lines_the_longer_training_takes():
    kept = [number for number in range(1, 100_001) if _is_kept(number)]
    assert kept[:500] == list(range(1, 501))
    assert len(kept) < 3500
