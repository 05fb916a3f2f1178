from datetime import datetime

from tests.app.trained_runs import TEXT
from tfplay.app.model.choosing import run_labels
from tfplay.app.model.examples import run_example
from tfplay.recipes import default_recipe
from tfplay.store import create_run


def test_runs_of_the_same_title_get_different_labels(tmp_path):
    data_path = tmp_path / "text.txt"
    data_path.write_text("some text")
    recipe = default_recipe("language-model", data_path.name)
    runs = [create_run(recipe, data_path) for _ in range(3)]
    for run in runs:
        run.created = datetime(2026, 11, 21)
    labels = run_labels(runs)
    assert len(set(labels.values())) == 3
    assert all(label.startswith(runs[0].title) for label in labels.values())


def test_the_example_of_a_run_comes_from_its_data(trained_runs):
    assert run_example(trained_runs["translation"]).startswith("number 1")
    assert run_example(trained_runs["language-model"]) in TEXT
