from dataclasses import replace

import pytest

from tests.jobs.samples import write_pairs
from tests.store.damages import PROGRESS
from tfplay.estimates import count_multiply_adds
from tfplay.recipes import default_recipe
from tfplay.store import Run, Status, create_run
from tfplay.store.past import device_history, step_multiply_adds, validation_steps

BATCH, LENGTH, STEPS = 3, 7, 50
RESULT = {"tokens_per_second": 420.0, "seconds": 20.0, "data": {"validation_examples": 18}}


@pytest.fixture
def run(tmp_path) -> Run:
    """A run of 50 steps, each of 42 tokens in a tenth of a second, and of two validations."""
    data = write_pairs(tmp_path)
    recipe = default_recipe("translation", data.name)
    changes = {"batch_size": BATCH, "evaluate_every": STEPS}
    run = create_run(recipe.with_changes(changes), data)
    run.save_model_config(run.recipe.model_config(), parameters=5)
    progress = PROGRESS | {"step": STEPS, "steps": STEPS, "tokens": STEPS * BATCH * LENGTH * 2}
    run.write_status(Status("done", "Trained.", progress=progress, result=RESULT))
    return run


def test_a_run_tells_how_long_its_steps_and_its_start_took(run):
    [training] = device_history([run]).trainings
    assert training.step_seconds == pytest.approx(0.1)
    config = run.model.config
    assert training.multiply_adds == 3 * BATCH * count_multiply_adds(config, LENGTH).total
    # 50 steps, and two validations of 18 examples in batches of 3, at a third of a step's time.
    assert training.start_seconds == pytest.approx(20 - 0.1 * (50 + 2 * 6 / 3))


@pytest.mark.parametrize(
    "change",
    [
        {"result": None},
        {"progress": None},
        {"progress": PROGRESS | {"step": 5, "steps": 5, "tokens": 50}},
        {"result": RESULT | {"tokens_per_second": 0.0}},
    ],
)
def test_a_run_that_ended_too_soon_tells_nothing(run, change):
    run.write_status(replace(run.status(), **change))
    assert device_history([run]).trainings == []


def test_a_damaged_run_hides_none_of_the_others(run, tmp_path):
    damaged = create_run(run.recipe, run.data_path)
    (damaged.path / "status.json").write_text("{")
    assert len(device_history([damaged, run]).trainings) == 1


def test_only_so_many_of_the_newest_count(run):
    assert len(device_history([run] * 9, most=5).trainings) == 5


def test_a_text_is_validated_in_windows():
    config = default_recipe("language-model", "text.txt").model_config()
    data = {"validation_tokens": 10 * config.max_sequence_length * 12}
    assert validation_steps(data, config, batch_size=12) == pytest.approx(10 / 3)


def test_a_decoder_alone_reads_all_tokens_in_one_sequence():
    recipe = default_recipe("translation", "pairs.tsv", architecture="decoder-only")
    config = recipe.model_config()
    expected = 3 * BATCH * count_multiply_adds(config, 2 * LENGTH).total
    assert step_multiply_adds(config, BATCH, 2 * LENGTH * BATCH) == expected
