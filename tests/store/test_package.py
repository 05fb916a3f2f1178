import io
from zipfile import ZipFile

import numpy as np
import pytest

from tests.jobs.samples import write_pairs
from tests.store.damages import PROGRESS, make_run
from tfplay.errors import InputError
from tfplay.recipes import default_recipe
from tfplay.store import Status, create_run, list_shipped, open_run, pack_run

TOKEN_IDS = np.array([[2, 3, 5, 7, 11]])


def test_an_unpacked_model_is_used_elsewhere(own_runs, tmp_path):
    run = own_runs["language-model"]
    run.note({"owner": "a secret of somebody"})
    package = ZipFile(io.BytesIO(pack_run(run)))
    package.extractall(tmp_path)
    found = open_run(tmp_path / run.id)
    assert found.recipe == run.recipe
    assert found.status() == run.status()
    assert found.model.load().model.count_params() == run.config.parameters
    assert found.config.owner is None
    assert not found.data_path.exists()
    assert b"a secret" not in b"".join(package.read(name) for name in package.namelist())


def test_without_a_model_there_is_nothing_to_take_along(tmp_path):
    data = write_pairs(tmp_path)
    run = create_run(default_recipe("translation", data.name), data)
    with pytest.raises(InputError, match="has no model yet"):
        pack_run(run)


def unpacked(run, folder):
    ZipFile(io.BytesIO(pack_run(run))).extractall(folder)
    return open_run(folder / run.id)


def assert_answers_alike(found, run):
    np.testing.assert_array_equal(
        found.model.load().model(TOKEN_IDS).numpy(), run.model.load().model(TOKEN_IDS).numpy()
    )


@pytest.mark.parametrize("model_name", ["model.keras", "model.npz"])
@pytest.mark.parametrize("state", ["done", "stopped", "failed", "lost"])
def test_a_package_answers_as_the_run_does_however_the_run_ended(tmp_path, model_name, state):
    run = make_run(tmp_path, model_name)
    run.write_status(Status(state, "It ended.", progress=PROGRESS))
    found = unpacked(run, tmp_path / "elsewhere")
    assert found.status() == run.status()
    assert (found.metrics(), found.samples()) == (run.metrics(), run.samples())
    assert found.model.weights_path.name == model_name
    assert_answers_alike(found, run)


@pytest.mark.parametrize("state", ["queued", "running"])
def test_what_is_being_trained_has_stopped_where_nobody_trains_it(tmp_path, state):
    run = make_run(tmp_path)
    with run.hold():
        run.write_status(Status(state, "Training.", progress=PROGRESS))
        found = unpacked(run, tmp_path / "elsewhere")
    assert found.status().state == "stopped"
    assert found.status().progress["step"] == 1
    assert_answers_alike(found, run)


def test_of_a_run_stopped_again_the_newer_model_is_taken_along(tmp_path):
    run = make_run(tmp_path, "model.npz")
    older = run.model.load().model
    older.set_weights([2 * weight for weight in older.get_weights()])
    from tfplay.store.weights import save_model

    save_model(older, run.path / "model.keras")
    found = unpacked(run, tmp_path / "elsewhere")
    assert not (found.path / "model.keras").exists()
    assert_answers_alike(found, run)


@pytest.mark.parametrize("run", list_shipped(), ids=lambda run: run.id)
def test_a_shipped_model_may_be_taken_along(tmp_path, run):
    found = unpacked(run, tmp_path)
    for weight, same in zip(
        run.model.load().model.get_weights(), found.model.load().model.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(same, weight)
