"""What stands in a run's `config.json`: checked as a whole, as the file may be damaged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tfplay.config import ModelConfig
from tfplay.config.model import ARCHITECTURES
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.recipes.recipe import Recipe
from tfplay.store.records import require_count, require_text
from tfplay.tasks import TASKS
from tfplay.text import Tokenizer


def check_run_config(config: dict[str, Any]) -> tuple[datetime, Recipe]:
    """When the run was made, and by which recipe; all the rest is checked too.

    Raises:
        InputError: Something is missing, or not what it should be.
    """
    try:
        created, recipe = _created(config), Recipe.from_json(config.get("recipe"))
        _check_recipe(recipe)
        for name in ("name", "title", "owner"):
            require_text(config, name)
        _require(config, "pinned", lambda value: isinstance(value, bool | None))
        _require(config, "labels", lambda value: value is None or _is_texts(value))
        _require(config, "examples", lambda value: isinstance(value, list | None))
        _require(config, "experiment", lambda value: value is None or _is_texts_by_name(value))
        if config.get("parameters") is not None:
            require_count(config, "parameters")
        if "model" in config:
            ModelConfig.from_json(config["model"])
    except InputError as error:
        raise InputError(f"config.json is damaged: {error}".rstrip(".") + ".") from error
    return created, recipe


def require_belonging(config: ModelConfig, tokenizer: Tokenizer | None, labels: tuple) -> None:
    """Raises an `InputError` unless model, tokenizer and classes belong together."""
    if tokenizer and tokenizer.vocabulary_size != config.vocabulary_size:
        raise InputError(
            f"The tokenizer has {tokenizer.vocabulary_size:,} tokens and the model "
            f"{config.vocabulary_size:,}: they do not belong together."
        )
    if tokenizer and tokenizer.special_tokens.pad is None:
        raise InputError("The tokenizer has no token for padding, which the model needs.")
    if "classification" in config.head and len(labels) != config.num_classes:
        raise InputError(
            f"There are names for {len(labels):,} classes, and the model tells "
            f"{config.num_classes:,} apart: they do not belong together."
        )


def _created(config: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(config["created"]).astimezone()
    except (KeyError, OSError, OverflowError, TypeError, ValueError) as error:
        raise InputError(
            f"its 'created' is {quoted(config.get('created'))}, not a time."
        ) from error


def _check_recipe(recipe: Recipe) -> None:
    if recipe.task not in TASKS:
        raise InputError(f"its task is {quoted(recipe.task)}; there are {', '.join(TASKS)}.")
    if not isinstance(recipe.preset, str):
        raise InputError(f"its preset is {quoted(recipe.preset)}, not a name.")
    if recipe.architecture not in (None, *ARCHITECTURES):
        raise InputError(f"its architecture is {quoted(recipe.architecture)}.")


def _require(config: dict[str, Any], name: str, is_right: Any) -> None:
    if not is_right(config.get(name)):
        raise InputError(f"its {name!r} cannot be {quoted(config[name])}.")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str | None) for each in value.values())
