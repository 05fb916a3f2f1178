from dataclasses import replace

from tests.app.trained_runs import TEXT
from tfplay.app.model.choosing import model_labels
from tfplay.app.model.examples import examples_of
from tfplay.recipes import default_recipe
from tfplay.store import create_run


def test_models_of_the_same_title_get_different_labels(tmp_path):
    data_path = tmp_path / "text.txt"
    data_path.write_text("some text")
    recipe = default_recipe("language-model", data_path.name)
    runs = [create_run(recipe, data_path) for _ in range(3)]
    for run in runs:
        run.save_model_config(recipe.model_config(), parameters=1)
    models = [replace(run.model, title="mine") for run in runs]
    labels = model_labels(models)
    assert len(set(labels.values())) == 3
    assert all(label.startswith("mine") for label in labels.values())


def test_the_examples_of_a_model_come_from_its_data(trained_runs):
    assert examples_of(trained_runs["translation"].model)[0].startswith("number 1")
    assert examples_of(trained_runs["language-model"].model)[0] in TEXT
