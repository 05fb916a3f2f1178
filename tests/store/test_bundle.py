"""A bundle is the whole model: packed here, opened elsewhere."""

import json
from zipfile import ZipFile

import numpy as np
import pytest

from tests.checkpoints.published import write_published
from tests.store.damages import make_run
from tfplay.errors import InputError
from tfplay.store import add_model, list_opened, open_model, pack_run, write_bundle


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """From its call on, another TFPlay with nothing in it."""

    def go():
        monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "elsewhere"))
        assert not list_opened()

    return go


def assert_same(found, model):
    assert (found.title, found.task, found.labels) == (model.title, model.task, model.labels)
    assert (found.config, found.examples, found.window) == (
        *(model.config, model.examples, model.window),
    )
    assert found.figures() == model.figures()
    assert found.card() == model.card()
    if model.reads_text:
        assert found.load_tokenizer().to_json() == model.load_tokenizer().to_json()
    for ours, theirs in zip(
        found.load().model.get_weights(), model.load().model.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", ["chat", "digits"])
def test_a_shipped_model_is_the_same_bit_by_bit_in_another_tfplay(name, tmp_path, elsewhere):
    model = open_model(name)
    write_bundle(model, tmp_path / "bundle.zip")
    elsewhere()
    assert_same(add_model(tmp_path / "bundle.zip", "theirs"), model)
    assert open_model("theirs").origin == "opened"


def test_a_published_model_goes_on_with_its_own_files(tmp_path, elsewhere):
    write_published("gpt2", tmp_path / "gpt2")
    model = add_model(tmp_path / "gpt2", "small")
    write_bundle(model, tmp_path / "bundle.zip")
    elsewhere()
    assert_same(add_model(tmp_path / "bundle.zip", "theirs"), model)


def test_a_runs_package_is_opened_too(tmp_path, elsewhere):
    run = make_run(tmp_path)
    (tmp_path / "run.zip").write_bytes(pack_run(run))
    model = run.model
    elsewhere()
    found = add_model(tmp_path / "run.zip", "theirs")
    assert (found.title, found.labels, found.config) == (model.title, model.labels, model.config)
    assert (found.weights_path.read_bytes()) == model.weights_path.read_bytes()


def changed(source, target, **changes):
    """A copy of a bundle whose `model.json` says something else."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("model.json"):
                data = json.dumps(json.loads(data) | changes)
            new.writestr(name, data)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"task": "nonsense"}, "Its task is 'nonsense'"),
        ({"task": "translation"}, "cannot do translation"),
        ({"task": "sentiment", "labels": 5}, "not a list of texts"),
        ({"labels": ["one"]}, "do not belong together"),
        ({"examples": [{"question": 1}]}, "is no text"),
        ({"window": -1}, "not a whole number"),
        ({"created": "yesterday"}, "is not a whole model"),
        ({"model": {"architecture": "encoder-only"}}, "is not a whole model"),
    ],
)
def test_a_bundle_that_contradicts_itself_is_refused_and_not_kept(changes, told, tmp_path):
    write_bundle(open_model("digits"), tmp_path / "bundle.zip")
    changed(tmp_path / "bundle.zip", tmp_path / "changed.zip", **changes)
    with pytest.raises(InputError, match=told) as refused:
        add_model(tmp_path / "changed.zip", "theirs")
    assert ".saving" not in str(refused.value)
    assert not list_opened()


def test_a_bundle_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tfplay.store.bundle.card_of", lambda model: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_bundle(open_model("digits"), tmp_path / "bundle.zip")
    assert not list(tmp_path.glob("*.zip"))
    assert not list(tmp_path.glob(".saving-*"))
