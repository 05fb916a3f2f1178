"""`python -m tfplay experiments`: what there is, and training what is missing."""

import json

import pytest

from tfplay.__main__ import EXIT_BAD_INPUT, main
from tfplay.experiments import EXERCISES
from tfplay.experiments.record import trainings_of


def test_it_lists_subjects_with_how_much_was_trained(capsys):
    assert main(["experiments", "list"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed.keys() == {*EXERCISES, "recurrence"}
    for name in EXERCISES:
        assert listed[name]["trainings"] == len(trainings_of(name))


def test_only_what_is_missing_is_trained(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("tfplay.experiments.record.RECORDS", tmp_path)
    paths = trainings_of("digits")
    trained = []
    monkeypatch.setattr(
        "tfplay.experiments.recording.make_record", lambda recipe, show: trained.append(recipe)
    )
    done, *missing = paths
    done.write_text("{}")
    assert main(["experiments", "train", "digits"]) == 0
    assert trained == [paths[path] for path in missing]
    assert json.loads(capsys.readouterr().out)["digits"]["trained_now"] == len(missing)


def test_an_unknown_subject_is_told(capsys):
    assert main(["experiments", "train", "poems"]) == EXIT_BAD_INPUT
    assert "no subject 'poems'; there are stories" in capsys.readouterr().err


@pytest.mark.parametrize("subject", EXERCISES)
def test_a_training_that_two_experiments_compare_is_made_once(subject):
    recipes = list(trainings_of(subject).values())
    assert all(recipe not in recipes[:place] for place, recipe in enumerate(recipes))
