from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs.samples import smallest_recipe, write_text
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.store import create_run
from tfplay.store.snapshots import MAX_BYTES, plan_snapshots


@given(
    steps=st.integers(1, 10**9),
    parameters=st.integers(1, 10**8),
    most=st.integers(0, 24),
)
def test_a_plan_begins_before_the_first_step_ends_with_the_last_and_keeps_its_limits(
    steps, parameters, most
):
    planned = plan_snapshots(steps, parameters, most)
    assert planned == sorted(set(planned))
    assert len(planned) <= most
    assert len(planned) * parameters * 4 <= MAX_BYTES
    assert not planned or (planned[0], planned[-1]) == (0, steps)


@pytest.mark.parametrize("steps", [100, 1000, 2000, 100_000])
def test_steps_are_about_evenly_spaced_as_ratios(steps):
    planned = plan_snapshots(steps, parameters=1000, most=24)
    assert len(planned) >= 13
    later = [step for step in planned if step >= 10]
    assert all(1.1 < b / a <= 2.5 for a, b in pairwise(later))


def test_a_larger_model_leaves_fewer_snapshots_and_none_if_two_do_not_fit():
    assert plan_snapshots(1000, parameters=7_000_000, most=24) == [0, 10, 100, 1000]
    assert plan_snapshots(1000, parameters=15_000_001, most=24) == []


def test_snapshots_can_be_done_without():
    assert plan_snapshots(1000, parameters=1000, most=0) == []


@pytest.fixture
def run(tmp_path):
    data = write_text(tmp_path)
    return create_run(smallest_recipe("images", data), data)


def test_a_run_gives_back_the_model_it_was_after_a_step(run):
    config = run.recipe.model_config()
    run.save_model_config(config, parameters=1, labels=("a", "b"))
    assert run.model.steps() == []
    models = {step: build_model(config) for step in (0, 10, 1000)}
    for step in (1000, 0, 10):
        run.save_snapshot(models[step], step)
    assert run.model.steps() == [0, 10, 1000]
    for step, model in models.items():
        kernel = run.model.at(step).load().model.weights[0]
        assert (kernel.numpy() == model.weights[0].numpy()).all()
    with pytest.raises(InputError, match=r"00000007\.npz is missing"):
        run.model.at(7).load()
