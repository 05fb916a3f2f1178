import io
from zipfile import ZipFile

import pytest

from tests.jobs.samples import write_pairs
from tfplay.errors import InputError
from tfplay.store import create_run, default_recipe, open_run, pack_run


def test_an_unpacked_model_is_used_elsewhere(own_runs, tmp_path):
    run = own_runs["language-model"]
    run.note({"owner": "a secret of somebody"})
    package = ZipFile(io.BytesIO(pack_run(run)))
    package.extractall(tmp_path)
    found = open_run(tmp_path / run.id)
    assert found.recipe == run.recipe
    assert found.status() == run.status()
    assert found.load().model.count_params() == run.parameters
    assert found.owner is None
    assert not found.data_path.exists()
    assert b"a secret" not in b"".join(package.read(name) for name in package.namelist())


def test_without_a_model_there_is_nothing_to_take_along(tmp_path):
    data = write_pairs(tmp_path)
    run = create_run(default_recipe("translation", data.name), data)
    with pytest.raises(InputError, match="has no model yet"):
        pack_run(run)
