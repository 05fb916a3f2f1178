"""Training a run in this process."""

import pytest

from tests.jobs.samples import smallest_recipe, write_pairs, write_text
from tfplay.errors import DivergenceError, InputError
from tfplay.jobs.control import make_ready_to_resume
from tfplay.jobs.training import train_run
from tfplay.store import DIVERGED, create_run, open_run


def train(task, data, on_status=lambda status: None, **changes):
    run = create_run(smallest_recipe(task, data, **changes), data)
    with run.hold():
        return run, train_run(run, on_status)


def test_a_run_keeps_everything_that_came_of_it(tmp_path):
    statuses = []
    run, result = train("language-model", write_text(tmp_path), statuses.append)

    found = open_run(run.id)
    assert found.is_usable
    assert found.status().state == "done"
    assert found.status().result == result
    assert [line["step"] for line in found.metrics()] == [1, 2, 3]
    assert found.metrics()[-1]["validation_loss"] == result["validation_loss"]

    model, tokenizer = found.model.load().model, found.model.load_tokenizer()
    assert model.config.vocabulary_size == tokenizer.vocabulary_size
    assert model.count_params() == found.config.parameters == result["parameters"]
    assert result["steps"] == 3
    assert [status.state for status in statuses] == ["running"] * (len(statuses) - 1) + ["done"]


def test_a_gpu_is_told_by_name_and_computes_in_mixed_precision(tmp_path, monkeypatch, uncompiled):
    monkeypatch.setattr("tfplay.training.preparation.computes_on_cpu", lambda: False)
    monkeypatch.setattr("tfplay.jobs.devices.gpu_names", lambda: ["NVIDIA H200"])
    run, _ = train("language-model", write_text(tmp_path), steps=1)
    status = run.status()
    assert (status.device, status.precision) == ("NVIDIA H200", "mixed_bfloat16")
    assert run.model.load().model.dtype_policy.name == "float32"  # as whoever opens it computes


def test_a_seed_repeats_a_run(tmp_path, uncompiled):
    data = write_text(tmp_path)
    changes = {"seed": 5, "validation_fraction": 0.0}
    first, again = (train("language-model", data, **changes)[0].metrics() for _ in range(2))
    assert [line["loss"] for line in first] == [line["loss"] for line in again]


def test_metrics_have_every_step_at_first_and_fewer_later(tmp_path, uncompiled, monkeypatch):
    monkeypatch.setattr("tfplay.jobs.recording.DENSE_STEPS", 5)
    run, _ = train("language-model", write_text(tmp_path), steps=13, evaluate_every=7)
    every_step, every_second, every_third = [1, 2, 3, 4, 5], [6, 8, 10], [12]
    validated_and_last = [7, 13]
    steps = [line["step"] for line in run.metrics()]
    assert steps == sorted(every_step + every_second + every_third + validated_and_last)


def test_a_run_that_was_stopped_at_any_moment_goes_on_as_if_it_had_not(tmp_path, uncompiled):
    data = write_pairs(tmp_path)
    changes = {"dropout": 0.2, "validation_fraction": 0.0}
    straight, _ = train("translation", data, **changes)
    run = create_run(smallest_recipe("translation", data, **changes), data)
    run.request_stop()
    with run.hold():
        assert train_run(run) is None
    assert run.status().message == "It was stopped before there was a model to keep."

    def stop_after_two(status):
        if status.progress and status.progress["step"] == 2:
            run.request_stop()

    run.take_back_stop()
    with run.hold():
        assert train_run(run, stop_after_two)["steps"] == 2
    assert run.status().state == "stopped"
    assert run.is_usable

    run.take_back_stop()
    with run.hold():
        assert train_run(run)["steps"] == 3
    assert not run.checkpoint.path.exists()
    assert [line["step"] for line in run.metrics()] == [1, 2, 3]
    losses = [[line["loss"] for line in each.metrics()] for each in (run, straight)]
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)


def test_a_run_that_cannot_be_trained_says_why(tmp_path):
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data, max_sequence_length=5000), data)
    with run.hold(), pytest.raises(InputError, match="The text is too short"):
        train_run(run)
    assert run.status().state == "failed"
    assert run.status().message.startswith("The text is too short")
    assert run.status().reason is None
    assert not run.is_usable


def test_a_run_whose_loss_is_no_number_has_diverged_until_it_is_resumed(tmp_path, monkeypatch):
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)

    def diverge(*_, **__):
        raise DivergenceError("The loss became nan at step 2.")

    monkeypatch.setattr("tfplay.training.train", diverge)
    with run.hold(), pytest.raises(DivergenceError):
        train_run(run)
    found = open_run(run.id)
    assert found.status().state == "failed"
    assert found.status().message == "The loss became nan at step 2."
    assert found.status().reason == DIVERGED
    make_ready_to_resume(found)
    assert found.status().reason is None


def test_a_mistake_of_ours_is_called_one(tmp_path, monkeypatch):
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)
    monkeypatch.setattr("tfplay.training.train", lambda *_, **__: 1 / 0)
    with run.hold(), pytest.raises(ZeroDivisionError):
        train_run(run)
    assert run.status().state == "failed"
    assert run.status().message.startswith("TFPlay failed, and log.txt says where: ZeroDivision")
