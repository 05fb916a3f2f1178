"""Starting a training from a model that exists."""

from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.recipes.recipe import Recipe
from tfplay.recipes.start import Start
from tfplay.store.model import Model
from tfplay.store.models import open_model
from tfplay.text import Tokenizer


def start_from_model(name: str | Path | Model, **learns: Any) -> Start:
    """A recipe's start: a model, and what of it learns.

    Args:
        name: A model, or what `open_model` takes.
        **learns: `learns`, `blocks`, `rank` and `projections` of `Start`.

    Raises:
        InputError: There is no such model, it cannot be loaded yet, or a value is impossible.

    Example::

        start = start_from_model("bert-tiny", learns="last_blocks", blocks=1)
    """
    model = name if isinstance(name, Model) else open_model(name)
    if not model.is_usable:
        raise InputError(f"{model.title} has no weights yet that a training could start from.")
    if model.has_two_vocabularies:
        raise InputError(
            f"{model.title} reads by another vocabulary than it writes; a training here has one."
        )
    if isinstance(name, Path):
        name = str(name.absolute())
    return Start(model.id if isinstance(name, Model) else name, model.config.to_json(), **learns)


def starting_tokenizer(recipe: Recipe) -> Tokenizer | None:
    """The tokenizer of the model that a recipe starts from; `None` from scratch.

    Raises:
        InputError: There is no such model any more, or its tokenizer is damaged.
    """
    return None if recipe.start is None else open_model(recipe.start.model).load_tokenizer()
