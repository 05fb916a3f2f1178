import json
import os
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.jobs.samples import write_pairs
from tests.store.damages import PROGRESS
from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.recipes import default_recipe
from tfplay.store import (
    Status,
    create_run,
    delete_run,
    find_run,
    list_runs,
    open_run,
    pin_run,
    rename_run,
    secure_home,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path):
    data = write_pairs(tmp_path)
    return create_run(default_recipe("translation", data.name), data)


def test_a_run_is_found_again_by_its_id_and_by_its_path(run):
    for name in (run.id, run.path, str(run.path)):
        found = open_run(name)
        assert found.path == run.path
        assert found.recipe == run.recipe
        assert found.created == run.created


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../runs", "/etc", "a/b", "no-such-run", "x" * 300]
)
def test_by_its_id_alone_no_other_folder_is_found(run, name):
    assert find_run(run.id).path == run.path
    assert find_run("chat").is_shipped
    assert find_run(name) is None


def test_a_new_run_waits_with_its_own_copy_of_the_data(run, tmp_path):
    original = tmp_path / "numbers.tsv"
    expected = original.read_bytes()
    original.unlink()
    assert run.data_path.name == "numbers.tsv"
    assert run.data_path.read_bytes() == expected
    assert run.status().state == "queued"
    assert run.metrics() == []
    assert not run.is_usable


def test_the_title_says_what_was_trained_on_what(run):
    recipe = run.recipe
    assert run.title.startswith(f"translation · {recipe.preset} · numbers.tsv · ")


def test_runs_are_listed_newest_first_without_broken_ones(run, tmp_path):
    second = create_run(run.recipe, tmp_path / "numbers.tsv")
    broken = create_run(run.recipe, tmp_path / "numbers.tsv")
    (broken.path / "status.json").write_text('{"state": "do')
    assert [run.id for run in list_runs()] == [second.id, run.id]


def test_a_run_may_live_in_a_folder_of_ones_choice(run, tmp_path):
    folder = tmp_path / "deep" / "down"
    chosen = create_run(run.recipe, run.data_path, folder)
    assert open_run(folder).recipe == chosen.recipe
    assert [run.id for run in list_runs()] == [run.id]


def test_a_folder_in_use_is_left_alone(run, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "diary.txt").write_text("dear diary")
    with pytest.raises(InputError, match="mine is not an empty folder"):
        create_run(run.recipe, run.data_path, folder)
    assert [path.name for path in folder.iterdir()] == ["diary.txt"]


def test_data_that_is_not_there_makes_no_run(run, tmp_path):
    with pytest.raises(InputError, match=r"missing\.tsv is not a file that can be read"):
        create_run(run.recipe, tmp_path / "missing.tsv")
    assert [run.id for run in list_runs()] == [run.id]


def test_a_deleted_run_is_gone(run):
    delete_run(run)
    assert list_runs() == []
    with pytest.raises(InputError, match=f"no model '{run.id}'"):
        open_run(run.id)


def test_a_name_takes_the_place_of_the_title_until_it_is_taken_back(run):
    title = run.title
    rename_run(run, "  my best\n run ")
    assert open_run(run.id).config.name == open_run(run.id).title == "my best run"
    rename_run(run, "  ")
    assert open_run(run.id).title == title


def test_a_name_that_no_table_can_show_is_refused(run):
    with pytest.raises(InputError, match="has 81 characters; the most is 80"):
        rename_run(run, 81 * "x")
    assert run.config.name == ""


def test_a_run_is_pinned_and_let_go(run):
    assert not run.config.is_pinned
    pin_run(run, True)
    assert open_run(run.id).config.is_pinned
    pin_run(run, False)
    assert not open_run(run.id).config.is_pinned


def test_a_run_knows_whose_it_is(run):
    assert run.config.owner is None
    owned = create_run(run.recipe, run.data_path, owner="a secret")
    assert owned.is_owned_by("a secret")
    assert not owned.is_owned_by("another")
    assert not run.is_owned_by("a secret")


def test_no_file_of_a_run_has_the_secret_of_its_owner(tmp_path):
    data = write_pairs(tmp_path)
    run = create_run(default_recipe("translation", data.name), data, owner="a secret")
    assert "a secret" not in (run.path / "config.json").read_text(encoding="utf-8")
    assert not run.is_owned_by(run.config.owner)  # who reads the digest has not the secret


def test_a_run_of_before_there_were_digests_stays_its_owners_and_loses_the_secret(tmp_path):
    data = write_pairs(tmp_path)
    run = create_run(default_recipe("translation", data.name), data)
    run.note({"owner": "a secret"})
    assert run.is_owned_by("a secret")
    secure_home()
    assert "a secret" not in (run.path / "config.json").read_text(encoding="utf-8")
    assert run.is_owned_by("a secret")


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions on this system")
def test_what_earlier_versions_kept_is_made_private(tmp_path, tfplay_home):
    data = write_pairs(tmp_path)
    run = create_run(default_recipe("translation", data.name), data)
    tfplay_home.chmod(0o755)
    (run.path / "data").chmod(0o755)
    run.data_path.chmod(0o644)
    secure_home()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tfplay_home, run.data_path)]
    assert modes == [0o700, 0o600]


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions on this system")
def test_all_that_a_run_writes_at_home_is_private_and_elsewhere_as_usual(tmp_path):
    data = write_pairs(tmp_path)
    recipe = default_recipe("translation", data.name)
    for folder, modes in ((None, (0o700, 0o600)), (tmp_path / "mine", (0o755, 0o644))):
        before = os.umask(0o022)
        run = create_run(recipe, data, folder)
        run.add_metrics({"step": 1})
        run.request_stop()
        with run.hold():
            pass
        os.umask(before)
        for path in (run.path, *run.path.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == modes[path.is_file()], path


@pytest.mark.parametrize(
    "change", [delete_run, lambda run: rename_run(run, "x"), lambda run: pin_run(run, True)]
)
def test_what_came_with_tfplay_stays_as_it_is(run, change, monkeypatch):
    monkeypatch.setattr("tfplay.store.run.SHIPPED", run.path.parent)
    run.note({"title": "Shipped"})
    with pytest.raises(InputError, match="Shipped came with TFPlay and stays as it is"):
        change(run)


def test_a_name_given_while_the_model_is_noted_is_not_lost(run):
    config = preset("tiny", "encoder-decoder", vocabulary_size=11)

    def rename():
        for number in range(100):
            rename_run(run, f"name {number}")

    def note_model():
        for number in range(100):
            run.save_model_config(config, parameters=number)

    with ThreadPoolExecutor() as pool:
        renamed, noted = pool.submit(rename), pool.submit(note_model)
    assert (renamed.exception(), noted.exception()) == (None, None)
    assert (run.config.name, run.config.parameters) == ("name 99", 99)


def test_a_run_in_training_is_not_deleted(run):
    with run.hold(), pytest.raises(InputError, match="is being trained; stop it first"):
        delete_run(run)
    delete_run(run)


def test_a_run_that_nobody_holds_any_more_is_lost(run):
    with run.hold():
        run.write_status(Status("running", pid=os.getpid()))
        assert run.status().state == "running"
    assert run.status().state == "lost"
    assert not run.status().is_active


def test_a_run_that_was_asked_to_stop_is_stopping_until_it_has(run):
    with run.hold():
        run.write_status(Status("running"))
        run.request_stop()
        assert run.status().state == "stopping"
        run.write_status(Status("stopped"))
    assert run.status().state == "stopped"


def test_a_run_whose_heart_stopped_is_lost_though_its_process_is_still_there(run):
    with run.hold():
        run.write_status(Status("running"))
        silent = time.time() - 60
        os.utime(run.path / "heartbeat", (silent, silent))
        assert run.status().state == "lost"


def test_a_run_held_on_another_machine_lives_by_its_heartbeat(run):
    run.write_status(Status("running"))
    (run.path / "lock").write_text("another-machine 7\n")
    (run.path / "heartbeat").touch()
    assert run.status().state == "running"
    silent = time.time() - 60
    os.utime(run.path / "heartbeat", (silent, silent))
    assert run.status().state == "lost"


def test_what_was_measured_after_a_step_is_forgotten_and_half_a_line_too(run):
    for step in (1, 2, 3):
        run.add_metrics(PROGRESS | {"step": step})
    with (run.path / "metrics.jsonl").open("a") as stream:
        stream.write('{"step": 4, "lo')
    run.drop_metrics_after(2)
    run.add_metrics(PROGRESS | {"step": 3})
    assert [line["step"] for line in run.metrics()] == [1, 2, 3]


def test_the_model_config_is_kept_beside_the_recipe(run):
    with pytest.raises(InputError, match="has no model yet"):
        run.model  # noqa: B018 - asking is what fails
    config = preset("tiny", "encoder-decoder", vocabulary_size=11)
    run.save_model_config(config, parameters=13)
    found = open_run(run.id)
    assert found.model.config == config
    assert found.config.parameters == 13
    assert found.recipe == run.recipe


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("config.json", None, r"not a whole run: .*config\.json cannot be read"),
        ("config.json", b"", "not a whole run: config.json is empty"),
        ("config.json", b'{"created": "2026-11-2', "not a whole run: config.json is cut short"),
        ("config.json", b"{}", "not a whole run: config.json is damaged: its 'created' is None"),
        ("config.json", b"[]", "not a whole run: config.json"),
        ("status.json", None, r"status\.json cannot be read"),
        ("status.json", b'{"state": "dreaming"}', "'dreaming' is not the state of a run"),
        ("tokenizer.json", None, r"tokenizer\.json cannot be read"),
        ("tokenizer.json", b'{"kind": "wo', r"The tokenizer of .*: tokenizer\.json is cut short"),
        ("tokenizer.json", b'{"kind": "wood"}', r"The tokenizer of .*: This is not a tokenizer"),
    ],
)
def test_a_run_cut_short_is_told_by_the_file_that_is_broken(run, file, content, sentence):
    run.save_model_config(preset("tiny", "encoder-decoder", vocabulary_size=11), parameters=13)
    path = run.path / file
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=sentence) as told:
        broken = open_run(run.id)
        broken.status()
        broken.model.load_tokenizer()
    assert file == "status.json" or str(run.path) in str(told.value)


def test_runs_are_listed_without_loading_keras(run):
    code = (
        "import json, sys, tfplay.jobs, tfplay.store as store;"
        "titles = [(run.title, run.status().state) for run in store.list_runs()];"
        "print(json.dumps([titles, 'keras' in sys.modules or 'tensorflow' in sys.modules]))"
    )
    output = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT)
    assert json.loads(output) == [[[run.title, "queued"]], False]


def test_a_status_from_before_there_were_reasons_is_read_and_an_unknown_reason_told(run):
    path = run.path / "status.json"
    path.write_text('{"state": "failed", "message": "The loss became nan at step 3."}')
    assert run.status() == Status("failed", "The loss became nan at step 3.")
    path.write_text('{"state": "failed", "message": "", "reason": "sorrow"}')
    with pytest.raises(InputError, match="status.json is damaged: 'sorrow' is not a reason"):
        run.status()
