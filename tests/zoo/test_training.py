"""Making a shipped model, with fewer steps than it takes."""

import json
from dataclasses import replace

import pytest

from tests.training.samples import run_eagerly
from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.zoo import ZOO, evaluate_model, falls_short, train_model
from tfplay.zoo.entries import zoo_model
from tfplay.zoo.entry import Figure


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The digits' model after a few steps, where it was put, and what was told of it."""
    entry = replace(ZOO["digits"], changes={"steps": 20}, examples=300, with_snapshots=True)
    path = tmp_path_factory.mktemp("zoo") / "digits"
    with pytest.MonkeyPatch.context() as patch:
        run_eagerly(patch)
        return entry, path, train_model(entry, folder=path)


def test_a_model_is_put_where_it_belongs_with_its_card_and_without_its_data(trained):
    entry, path, _ = trained
    names = {file.name for file in path.iterdir()}
    assert names == {
        "README.md",
        "config.json",
        "figures.json",
        "metrics.jsonl",
        "model.keras",
        "snapshots",
        "status.json",
        "trust.json",
        "trust.npz",
    }
    assert f"# {entry.title}" in (path / "README.md").read_text(encoding="utf-8")


def test_the_figures_are_those_of_the_model_that_was_put_there(trained):
    entry, path, result = trained
    figures = json.loads((path / "figures.json").read_text())
    assert figures == evaluate_model(entry, open_model(path).load())
    assert figures.items() <= result.items()


def test_a_model_to_be_watched_comes_with_its_snapshots(trained):
    _, path, _ = trained
    steps = open_model(path).steps()
    assert (steps[0], steps[-1]) == (0, 20)


def test_a_model_made_again_takes_the_place_of_the_former(trained):
    entry, path, _ = trained
    (path / "README.md").write_text("the former card", encoding="utf-8")
    train_model(replace(entry, changes={"steps": 1}, with_snapshots=False), folder=path)
    assert f"# {entry.title}" in (path / "README.md").read_text(encoding="utf-8")
    assert not (path / "snapshots").exists()
    assert {each.name for each in path.parent.iterdir()} == {"digits"}


def test_a_folder_of_other_things_is_refused_before_training(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    with pytest.raises(InputError, match="exists and is no model"):
        train_model(ZOO["digits"], folder=tmp_path)
    assert (tmp_path / "letter.txt").exists()


def test_a_model_that_falls_short_is_told_with_both_numbers():
    entry = replace(ZOO["digits"], figures=(Figure("accuracy", "held-out", "accuracy", 0.97),))
    assert falls_short(entry, {"accuracy": 0.98}) == []
    assert falls_short(entry, {"accuracy": 0.5}) == ["digits: accuracy is 0.500, below 0.97."]


def test_an_unknown_model_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="'bert'; there are translator, chat"):
        zoo_model("bert")
