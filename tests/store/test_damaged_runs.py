"""A damaged run folder ends in one sentence, whatever is wrong with it, and takes little memory."""

import shutil

import pytest

from tests.apart import reports_of
from tests.store.damages import damages, make_run, model_damages, open_all
from tfplay.errors import InputError
from tfplay.store import list_damaged, list_runs

MEGABYTES = 300

HARMLESS = {
    "metrics.jsonl missing",
    "metrics.jsonl empty",
    "metrics.jsonl half",  # a line that is still being written
    "samples.jsonl missing",
    "samples.jsonl empty",
    "samples.jsonl half",
    "checkpoint.npz missing",
    "checkpoint.npz half",  # there was none
    "snapshots/00000000.npz missing",
    "snapshot of no step",
    "status.json {}",
}


@pytest.mark.parametrize("model_name", ["model.keras", "model.npz"])
def test_every_damage_is_told_in_one_sentence_and_within_little_memory(tmp_path, model_name):
    run = make_run(tmp_path, model_name)
    open_all(run.path)
    all_damages = model_damages(model_name) | (damages() if model_name == "model.keras" else {})
    folders = []
    for number, damage in enumerate(all_damages.values()):
        folders.append(tmp_path / f"damaged-{number}")
        shutil.copytree(run.path, folders[-1])
        damage(folders[-1])
    reports = reports_of("tests.store.damages", run.path, *folders)
    for what, report in zip(["whole", *all_damages], reports, strict=True):
        sentence = report["sentence"]
        assert (sentence is None) == (what in HARMLESS | {"whole"}), (what, sentence)
        assert sentence is None or (sentence.endswith(".") and "Traceback" not in sentence), what
        assert report["grown"] < MEGABYTES, what


def test_the_list_of_runs_shows_the_others_and_says_which_is_damaged(tmp_path, tfplay_home):
    runs = tfplay_home / "runs"
    runs.mkdir(parents=True)
    whole = make_run(tmp_path).path
    for name in ("first", "second", "third"):
        shutil.copytree(whole, runs / name)
    (runs / "second" / "status.json").write_text("{}]")
    (runs / "third" / "config.json").write_text("[]")
    assert [run.id for run in list_runs()] == ["first"]
    second, third = list_damaged()
    assert (second.name, third.name) == ("second", "third")
    assert second.reason == "status.json is cut short or damaged: it is not JSON."
    assert "config.json is damaged: it is not a JSON object." in third.reason


def test_a_checkpoint_of_another_model_is_told(tmp_path):
    from tfplay.training.checkpoint import Checkpointer

    run = make_run(tmp_path, "model.npz")
    model = run.model.load().model
    model.compile("adam", "mse")
    with pytest.raises(InputError, match="The checkpoint is of another model"):
        Checkpointer(model, run.checkpoint).restore()
