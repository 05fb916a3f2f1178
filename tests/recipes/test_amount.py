import pytest

from tfplay.recipes import default_recipe, fit_to_amount

LARGE, SMALL = 100_000, 450


@pytest.mark.parametrize("num_examples", [13_784, 29_000])
def test_every_example_is_seen_in_each_of_ten_epochs(num_examples):
    recipe = fit_to_amount(default_recipe("translation", "pairs.tsv"), num_examples)
    seen = recipe.training.steps * recipe.training.batch_size
    assert seen / (0.9 * num_examples) == pytest.approx(10, rel=0.01)


def test_steps_stay_between_a_least_and_a_most():
    recipe = default_recipe("translation", "pairs.tsv")
    assert fit_to_amount(recipe, SMALL).training.steps == 500
    assert fit_to_amount(recipe, 10 * LARGE).training.steps == 20_000


@pytest.mark.parametrize("num_examples", [SMALL, LARGE, None])
def test_training_stops_when_validation_gets_no_better(num_examples):
    training = fit_to_amount(default_recipe("translation", "pairs.tsv"), num_examples).training
    assert training.patience > 0
    assert training.steps / training.evaluate_every >= 4 * training.patience
    assert training.warmup_steps < training.evaluate_every * training.patience


def test_few_examples_have_more_dropout_and_many_more_tokens():
    recipe = default_recipe("translation", "pairs.tsv")
    few, many = (fit_to_amount(recipe, count) for count in (SMALL, LARGE))
    assert few.model_config().dropout > recipe.model_config().dropout
    assert many.model_config().dropout == recipe.model_config().dropout
    assert many.vocabulary_size > few.vocabulary_size == recipe.vocabulary_size


def test_of_a_long_text_only_the_end_of_the_training_is_fitted():
    recipe = default_recipe("language-model", "text.txt")
    fitted = fit_to_amount(recipe, None)
    assert fitted.training.steps == recipe.training.steps
    assert fitted.model_changes == recipe.model_changes
