"""What a class has locked is refused where it is done, whoever asks for it in whatever way."""

from pathlib import Path

import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tfplay import app, classroom, jobs
from tfplay.errors import InputError
from tfplay.sharing import View, keep_snapshot
from tfplay.store import Status, create_run, list_runs, open_model
from tfplay.store.digest import digest

TEACHER, ANNA, BEN = "teacher", "anna", "ben"


@pytest.fixture
def recipe_and_data(tmp_path):
    data = write_text(tmp_path)
    return smallest_recipe("language-model", data), data


@pytest.fixture(autouse=True)
def nothing_trains(monkeypatch):
    monkeypatch.setattr("tfplay.jobs.local.LocalExecutor.submit", lambda executor, run: None)


@pytest.fixture(autouse=True)
def anna_in_a_class():
    opened = classroom.open_class(digest(TEACHER), "next-word", classroom.LOCKS)
    classroom.join_class(opened.id, digest(ANNA), "Anna")


def test_a_pupil_starts_no_training_and_others_do(recipe_and_data):
    with pytest.raises(InputError, match="Training is locked in your class"):
        jobs.start(*recipe_and_data, owner=ANNA)
    assert list_runs() == []
    for owner in (BEN, None):
        jobs.start(*recipe_and_data, owner=owner)
    assert len(list_runs()) == 2


def test_a_pupil_has_no_training_go_on(recipe_and_data):
    recipe, data = recipe_and_data
    run = create_run(recipe, data, owner=ANNA)
    run.write_status(Status("stopped", "It was stopped."))
    with pytest.raises(InputError, match="Training is locked in your class"):
        jobs.resume(run)
    assert run.status().state == "stopped"
    classroom.leave_class(digest(ANNA))
    jobs.resume(run)
    assert run.status().state == "queued"


def test_a_pupil_gives_no_snapshot_away():
    model, view = open_model("sentiment"), View("attention", {})
    with pytest.raises(InputError, match="Giving snapshots away is locked in your class"):
        keep_snapshot(view, model, "Mine", owner=ANNA)
    keep_snapshot(view, model, "Mine", owner=BEN)


def test_pages_take_files_only_where_the_lock_is_asked():
    room = Path(app.__file__).parent
    takers = [path for path in room.rglob("*.py") if "st.file_uploader(" in path.read_text()]
    assert takers == [room / "frame" / "locks.py"]
