import json

import pytest

from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.recipes import Recipe, default_recipe
from tfplay.tasks import TASKS


@pytest.mark.parametrize("task", TASKS)
def test_what_a_task_proposes_is_possible(task):
    config = default_recipe(task, "data.tsv").model_config()
    assert config.architecture == TASKS[task].about.architectures[0]


def test_a_recipe_survives_json():
    recipe = default_recipe("translation", "hin.tsv").with_changes({"steps": 7, "num_layers": 3})
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


def test_changes_find_their_place():
    changes = {"steps": 7, "dropout": 0.3, "vocabulary_size": 500}
    recipe = default_recipe("translation", "hin.tsv").with_changes(changes)
    assert recipe.training.steps == 7
    assert recipe.model_config().dropout == 0.3
    assert recipe.model_config().vocabulary_size == 500


def test_a_preset_that_is_chosen_is_taken_as_it_is():
    recipe = default_recipe("translation", "hin.tsv", "transformer-base")
    published = preset("transformer-base", vocabulary_size=recipe.vocabulary_size)
    assert recipe.model_config() == published


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stepps": 5}, "no setting 'stepps'; those spelled most like it are steps, "),
        ({"head": "masked_lm"}, "no setting 'head'"),
        ({"steps": 0}, "steps is 0"),
        ({"learning_rate": "fast"}, "learning_rate is 'fast'"),
        ({"tokenizer_kind": "syllable"}, "no tokenizer 'syllable'; there are character, "),
        ({"vocabulary_size": "big"}, "vocabulary_size is 'big'"),
        ({"vocabulary_size": -1}, "vocabulary_size is -1"),
        ({"validation_fraction": "some"}, "validation_fraction is 'some'"),
        ({"hidden_dim": 100, "num_heads": 7}, "hidden_dim 100 is not divisible by num_heads 7"),
    ],
)
def test_an_impossible_change_is_told(changes, sentence):
    with pytest.raises(InputError, match=sentence):
        default_recipe("language-model", "book.txt").with_changes(changes).model_config()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("task", "juggling", "no task 'juggling'; there are translation"),
        ("preset", "colossal", "no preset 'colossal'; there are tiny"),
        ("preset", "gpt2-small", "'gpt2-small' is decoder-only, not encoder-decoder"),
        ("data_name", "../secret.txt", "'../secret.txt' is not the name of a file"),
        ("model_changes", {"architecture": "encoder-only"}, "cannot change 'architecture'"),
        ("data_name", 5, "5 is not the name of a file"),
        ("model_changes", None, "model_changes is None"),
        ("training", {"steps": -3}, "steps is -3"),
        ("training", 5, "must be a JSON object"),
    ],
)
def test_an_impossible_recipe_is_told(field, value, sentence):
    data = default_recipe("translation", "hin.tsv").to_json() | {field: value}
    with pytest.raises(InputError, match=sentence):
        Recipe.from_json(data).model_config()
