from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs.samples import write_pairs
from tfplay.config import preset
from tfplay.recipes import default_recipe
from tfplay.store import create_run, name_runs, rename_run, run_settings
from tfplay.store.differences import differing_settings, distinguishing_labels, setting_text

SETTINGS = st.lists(
    st.fixed_dictionaries(
        {"task": st.sampled_from(["chat", "translation"]), "num_heads": st.integers(1, 4)},
        optional={"dropout": st.sampled_from([0.0, 0.1]), "seed": st.integers(0, 2)},
    ),
    min_size=1,
    max_size=8,
)


@given(SETTINGS)
def test_names_are_equal_where_settings_are_and_only_there(settings):
    labels = distinguishing_labels(settings)
    for one, label in zip(settings, labels, strict=True):
        for other, its_label in zip(settings, labels, strict=True):
            assert (label == its_label) == (one == other)


@given(SETTINGS)
def test_of_a_name_no_setting_can_be_left_out(settings):
    for own, label in zip(settings, distinguishing_labels(settings), strict=True):
        parts = label.split(" · ") if label else []
        names = [part.split()[0] if " " in part else "task" for part in parts]
        others = [other for other in settings if other != own]
        for left_out in names:
            rest = [name for name in names if name != left_out]
            assert any(all(own.get(n) == other.get(n) for n in rest) for other in others)


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        ([], []),
        ([{"num_heads": 4}], [""]),
        ([{"num_heads": 4}, {"num_heads": 4}], ["", ""]),
        (
            [{"learning_rate": 3e-3, "seed": 0}, {"learning_rate": 1e-3, "seed": 0}],
            ["learning_rate 0.003", "learning_rate 0.001"],
        ),
        (
            [
                {"learning_rate": 3e-3, "seed": 0},
                {"learning_rate": 3e-3, "seed": 1},
                {"learning_rate": 1e-3, "seed": 1},
            ],
            ["seed 0", "learning_rate 0.003 · seed 1", "learning_rate 0.001"],
        ),
        (
            [{"architecture": "decoder-only", "num_layers": 5}, {"architecture": "encoder-only"}],
            ["decoder-only", "encoder-only"],
        ),
        (
            [{"use_residual": True}, {"use_residual": False}, {}],
            ["use_residual on", "use_residual off", "use_residual –"],
        ),
    ],
)
def test_names_say_what_differs(settings, labels):
    assert distinguishing_labels(settings) == labels


@given(st.floats(1e-9, 1e9))
def test_a_number_is_written_whole(value):
    assert float(setting_text(value)) == value


def test_only_what_is_not_the_same_everywhere_differs():
    settings = [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5}]
    assert differing_settings(settings) == ["b", "c"]


@pytest.fixture
def runs(tmp_path):
    data = write_pairs(tmp_path)
    recipe = default_recipe("translation", data.name)
    changes = ({}, {"num_heads": 1}, {"num_heads": 1, "seed": 1})
    return [create_run(recipe.with_changes(each), data) for each in changes]


def test_runs_are_named_by_what_differs_also_from_a_preset(runs):
    expected = ["num_heads 4", "num_heads 1 · seed 0", "seed 1"]
    assert list(name_runs(runs).values()) == expected
    assert list(name_runs(runs[:2]).values()) == ["num_heads 4", "num_heads 1"]


def test_a_run_alone_goes_by_its_title_and_a_named_one_by_its_name(runs):
    assert name_runs(runs[:1]) == {runs[0].id: runs[0].title}
    rename_run(runs[0], "the best")
    assert list(name_runs(runs[:2]).values()) == ["the best", "num_heads 1"]


def test_runs_of_the_same_recipe_are_told_apart_all_the_same(runs):
    twin, third = (create_run(runs[0].recipe, runs[0].data_path) for _ in range(2))
    for run in (runs[0], twin):
        run.created = datetime(2026, 11, 21, 8, 40)
    names = list(name_runs([runs[0], twin, third, runs[1]]).values())
    assert len(set(names)) == 4
    assert names[2].startswith("num_heads 4 · ")
    assert names[0].startswith("num_heads 4 · 21 Nov 08:40 · ")


def test_settings_are_those_of_the_model_once_there_is_one(runs):
    assert run_settings(runs[0])["num_layers"] == 2
    config = preset("tiny", "encoder-decoder", vocabulary_size=11, num_layers=3)
    runs[0].save_model_config(config, parameters=13)
    assert run_settings(runs[0])["num_layers"] == 3
