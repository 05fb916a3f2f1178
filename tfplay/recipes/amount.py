"""A recipe fitted to the amount of data: how long to train, when to stop, what keeps it general."""

from typing import Any

from tfplay.recipes.recipe import Recipe
from tfplay.tasks import TASKS

EPOCHS = 10
"""How often each example is seen, at most: training stops before if validation gets no better."""
EPOCHS_OF_A_START = 4
FEWEST_STEPS, MOST_STEPS = 500, 20_000
VALIDATIONS = 20
PATIENCE = 4
FEW, MANY = 5_000, 20_000
"""Examples below which more dropout is needed, and from which a larger vocabulary pays."""
DROPOUT_OF_FEW = 0.2
VOCABULARY_OF_MANY = 8_000

FITTED = ("steps", "evaluate_every", "warmup_steps", "patience", "dropout", "vocabulary_size")
"""The settings that may follow the amount of data."""


def fit_to_amount(recipe: Recipe, num_examples: int | None) -> Recipe:
    """The recipe with settings that suit so many examples, and that stops in time.

    The weights are those of the best validation. With it a small file is not learned by heart, nor
    does a large one stop before all of it was seen.

    Args:
        recipe: As its task proposes it.
        num_examples: How many there are; `None` for one long text, of which only the end of the
            training is fitted.

    Example:
        >>> fit_to_amount(default_recipe("translation", "pairs.tsv"), 29_000).training.steps
        8160
    """
    changes: dict[str, Any] = {"patience": PATIENCE}
    steps = recipe.training.steps
    if num_examples is not None:
        steps = _steps(recipe, num_examples)
        changes |= {"steps": steps} | _general(recipe, num_examples)
    changes["evaluate_every"] = max(1, steps // VALIDATIONS)
    changes["warmup_steps"] = min(recipe.training.warmup_steps, steps // 10)
    return recipe.with_changes(changes)


def _steps(recipe: Recipe, num_examples: int) -> int:
    """So many that each training example is seen in each epoch, rounded to tens."""
    num_training = num_examples * (1 - recipe.validation_fraction)
    epochs = EPOCHS_OF_A_START if recipe.start else EPOCHS
    steps = epochs * num_training / recipe.training.batch_size
    return round(min(max(steps, FEWEST_STEPS), MOST_STEPS) / 10) * 10


def _general(recipe: Recipe, num_examples: int) -> dict[str, Any]:
    """What keeps few examples from being learned by heart, and lets many say more."""
    if recipe.start or not TASKS[recipe.task].about.reads_text:
        return {}
    changes: dict[str, Any] = {}
    if num_examples < FEW:
        changes["dropout"] = DROPOUT_OF_FEW
    if num_examples >= MANY and recipe.tokenizer_kind == "byte-pair":
        changes["vocabulary_size"] = max(recipe.vocabulary_size, VOCABULARY_OF_MANY)
    return changes
