"""The same recipe for every architecture that can learn its task, with as many parameters."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, log, sqrt
from typing import Any

from tfplay.config import ModelConfig, count_parameters
from tfplay.errors import InputError
from tfplay.recipes.recipe import MODEL_FIELDS, Recipe
from tfplay.tasks import TASKS

TOLERANCE = 0.03
"""Share by which the numbers of parameters may differ: a learner sees no difference below it."""


def match_architectures(recipe: Recipe, **known_from_data: int) -> list[Recipe]:
    """The recipe for each other architecture that its task knows.

    Each model has as many parameters as the recipe's, within 3 % where the division of its width
    among the heads allows: width and layers change, the width as little as possible. All else
    stays, except that a decoder-only model, which reads source and translation as one text, gets
    twice the context: it must see the same sentences.

    Args:
        recipe: What to match.
        **known_from_data: Fields of `ModelConfig` that only the data can tell, as for
            `Recipe.model_config`.

    Raises:
        InputError: The recipe is impossible.

    Example:
        >>> [other] = match_architectures(default_recipe("translation", "hin.tsv"))
        >>> other.architecture, other.model_changes["num_layers"]
        ('decoder-only', 4)
    """
    wanted = recipe.model_config(**known_from_data)
    others = [
        name for name in TASKS[recipe.task].about.architectures if name != wanted.architecture
    ]
    return [_matched(_on(recipe, name), wanted, known_from_data) for name in others]


def _on(recipe: Recipe, architecture: str) -> Recipe:
    """The recipe for another architecture, before its size is matched."""
    own = recipe.model_config()
    changes = {}
    if (own.architecture, architecture) == ("encoder-decoder", "decoder-only"):
        changes["max_sequence_length"] = 2 * own.max_sequence_length
    other = replace(recipe, architecture=architecture)
    try:
        other.model_config()
    except InputError:  # a published shape is of one architecture: then every field is given
        fields = {name: getattr(own, name) for name in MODEL_FIELDS}
        other = replace(other, preset="medium", model_changes=fields)
    return other.with_changes(changes)


def _matched(recipe: Recipe, wanted: ModelConfig, known: dict[str, Any]) -> Recipe:
    parameters = count_parameters(wanted)

    def distance(changes: dict[str, int]) -> tuple[bool, float, float]:
        count = count_parameters(recipe.with_changes(changes).model_config(**known))
        error = abs(count / parameters - 1)
        if error > TOLERANCE:
            return True, error, 0.0
        return False, abs(log(changes["hidden_dim"] / wanted.hidden_dim)), error

    return recipe.with_changes(min(_shapes(recipe, wanted, known), key=distance))


def _shapes(recipe: Recipe, wanted: ModelConfig, known: dict[str, Any]) -> Iterator[dict[str, int]]:
    """For each number of layers, the two widths whose parameter counts enclose the wanted one."""
    parameters = count_parameters(wanted)
    unit = 2 * wanted.num_heads  # an even width for each head, as rotary positions need
    for num_layers in range(1, 4 * wanted.num_layers + 1):
        widest = 2 * wanted.hidden_dim * sqrt(wanted.num_layers / num_layers)
        low, high = 1, ceil(widest / unit) + 1
        while high - low > 1:
            middle = (low + high) // 2
            shape = _shape(wanted, num_layers, middle * unit)
            count = count_parameters(recipe.with_changes(shape).model_config(**known))
            low, high = (middle, high) if count <= parameters else (low, middle)
        yield from (_shape(wanted, num_layers, units * unit) for units in (low, high))


def _shape(wanted: ModelConfig, num_layers: int, hidden_dim: int) -> dict[str, int]:
    """The feed-forward network and the heads keep their widths relative to the model's."""
    ratio = hidden_dim / wanted.hidden_dim
    return {
        "num_layers": num_layers,
        "hidden_dim": hidden_dim,
        "intermediate_dim": round(ratio * wanted.intermediate_dim),
        "head_dim": 2 * round(ratio * wanted.head_dim / 2),
    }
