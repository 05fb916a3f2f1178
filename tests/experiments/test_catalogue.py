"""Each experiment changes one thing, and is offered only where there is such a thing."""

import pytest

from tfplay.errors import InputError
from tfplay.experiments import EXERCISES, EXPERIMENTS, fitting_experiments, reduced
from tfplay.models import build_model
from tfplay.recipes import Recipe, default_recipe

RECIPES = {name: subject.recipe() for name, subject in EXERCISES.items()}
PAIRS = [
    pytest.param(experiment, recipe, id=f"{name} of {subject}")
    for subject, recipe in RECIPES.items()
    for name, experiment in fitting_experiments(recipe).items()
]


def settings(recipe: Recipe) -> dict:
    """Everything that decides what a run becomes, one name each."""
    flat = recipe.to_json()
    return flat | flat.pop("training") | recipe.model_config().to_json() | {"model_changes": None}


@pytest.mark.parametrize(("experiment", "recipe"), PAIRS)
def test_the_two_recipes_differ_in_one_thing(experiment, recipe):
    intact, broken = (settings(each) for each in experiment.pair(recipe))
    assert len({name for name in intact if intact[name] != broken[name]}) == 1


def test_every_experiment_can_be_made_on_some_subject():
    offered = {name for recipe in RECIPES.values() for name in fitting_experiments(recipe)}
    assert offered == EXPERIMENTS.keys()


def test_a_sentence_model_without_decoder_has_no_causal_mask_to_lose():
    recipe = default_recipe("classification", "reviews.csv", "tiny")
    assert "no-causal-mask" not in fitting_experiments(recipe)
    assert "no-residual" in fitting_experiments(recipe)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"position": "none"}, "no-position"),
        ({"use_residual": False}, "no-residual"),
        ({"normalization": "none"}, "no-normalisation"),
        ({"normalization": "none"}, "other-norm-place"),
        ({"use_feed_forward": False}, "no-feed-forward"),
        ({"num_heads": 1}, "one-head"),
        ({"num_heads": 1}, "identical-heads"),
    ],
)
def test_what_is_missing_already_cannot_be_taken_away(changes, missing):
    recipe = RECIPES["stories"]
    assert missing in fitting_experiments(recipe)
    broken_already = recipe.with_changes(changes)
    assert missing not in fitting_experiments(broken_already)
    with pytest.raises(InputError, match="so already"):
        EXPERIMENTS[missing].pair(broken_already)


@pytest.mark.parametrize(
    ("setting", "value", "opposite"),
    [("normalize_first", True, False), ("normalize_first", False, True)],
)
def test_the_norm_moves_to_where_it_is_not(setting, value, opposite):
    recipe = RECIPES["stories"].with_changes({setting: value})
    _, broken = EXPERIMENTS["other-norm-place"].pair(recipe)
    assert broken.model_config().normalize_first is opposite


@pytest.mark.parametrize(("activation", "other"), [("relu", "gelu"), ("gelu", "relu")])
def test_relu_and_gelu_stand_for_each_other(activation, other):
    recipe = RECIPES["stories"].with_changes({"activation": activation})
    _, broken = EXPERIMENTS["other-activation"].pair(recipe)
    assert broken.model_config().activation == other


def test_somebodys_recipe_keeps_what_it_is_made_of_and_becomes_small():
    recipe = default_recipe("language-model", "text.txt", "gpt2-small").with_changes(
        {"position": "rotary", "num_kv_heads": 4, "steps": 100_000, "dropout": 0.1}
    )
    small = reduced(recipe)
    config = small.model_config()
    assert (config.position, config.activation) == ("rotary", "gelu_tanh")
    assert config.dropout == 0
    assert small.training.steps <= 1000
    assert fitting_experiments(small).keys() == EXPERIMENTS.keys()
    assert build_model(small.model_config()).count_params() < 1_000_000


@pytest.mark.parametrize("task", ["translation", "chat", "tagging", "answers", "images"])
def test_every_task_has_recipes_to_break(task):
    assert len(fitting_experiments(reduced(default_recipe(task, "data", "tiny")))) >= 8
