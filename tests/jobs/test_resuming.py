"""A run that cannot go on is told of before a worker starts, and stays as it was."""

import zipfile

import numpy as np
import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tfplay.errors import InputError
from tfplay.jobs.control import make_ready_to_resume
from tfplay.store import Status, create_run

WEIGHTS = "model/embeddings"


@pytest.fixture
def run(tmp_path):
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)
    validation = {"runs_since_best": 0}
    figures = {"step": 3, "seconds": 1.5, "tokens": 70, "recent": [], "validation": validation}
    run.checkpoint.save({WEIGHTS: np.ones((7, 11))}, figures)
    run.write_status(Status("failed", "Its process was killed."))
    return run


def cut_the_file(path):
    path.write_bytes(path.read_bytes()[:-100])


def cut_an_array(path):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[f"{WEIGHTS}.npy"] = members[f"{WEIGHTS}.npy"][:-8]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def lose_the_figures(path):
    with path.open("wb") as stream:
        np.savez(stream, **{WEIGHTS: np.ones((7, 11))})


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (cut_the_file, r"checkpoint\.npz is cut short or damaged\."),
        (lose_the_figures, r"checkpoint\.npz is cut short or damaged\."),
        (cut_an_array, r"'model/embeddings\.npy' in it should have 616 bytes .*, and has 608\."),
    ],
)
def test_a_damaged_checkpoint(run, damage, told):
    damage(run.checkpoint.path)
    with pytest.raises(InputError, match=told):
        make_ready_to_resume(run)
    assert run.status().state == "failed"


def test_data_that_is_gone(run):
    run.data_path.unlink()
    with pytest.raises(InputError, match=r"The data counting\.txt that .* learns from is gone\."):
        make_ready_to_resume(run)
    assert run.status().state == "failed"


def test_one_that_is_whole_waits_again(run):
    make_ready_to_resume(run)
    assert run.status().state == "queued"
