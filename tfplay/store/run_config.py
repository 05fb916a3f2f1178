"""What stands in a run's `config.json`, read and checked as a whole: it may be damaged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from tfplay.config import ModelConfig
from tfplay.config.model import ARCHITECTURES
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.recipes.recipe import Recipe
from tfplay.store.digest import digest, is_digest
from tfplay.store.records import require_count, require_text
from tfplay.tasks import TASKS


@dataclass(frozen=True)
class RunConfig:
    """What a run is, whose it is, and what its model is made of.

    Attributes:
        created: When it was made.
        recipe: What is trained, on what, and how.
        name: What its owner named it; empty if nothing.
        title: What a shipped model is called.
        owner: Digest of the secret of the visitor whose it is; `None` if it has no owner.
        has_hidden_owner: Whether the file holds no owner's secret, as it did before there were
            digests.
        is_pinned: Whether its owner wants it before the others.
        experiment: Of which `tfplay.experiments.Trial` it is the broken run; `None` of most runs.
        model: What its model is made of; `None` before there is one.
        parameters: Numbers that the model learns; `None` before there is one.
        labels: Names of the classes that the model tells apart.
        examples: What a shipped model is good to try on.
        window: How many tokens of its context a shipped model was measured to use.
    """

    created: datetime
    recipe: Recipe
    name: str
    title: str
    owner: str | None
    has_hidden_owner: bool
    is_pinned: bool
    experiment: dict[str, str] | None
    model: ModelConfig | None
    parameters: int | None
    labels: tuple[str, ...]
    examples: tuple[Any, ...]
    window: int | None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Reads what stands in the file.

        Raises:
            InputError: Something is missing, or not what it should be.
        """
        try:
            created, recipe = _created(data), Recipe.from_json(data.get("recipe"))
            _check_recipe(recipe)
            _check_others(data)
            model = ModelConfig.from_json(data["model"]) if "model" in data else None
        except InputError as error:
            raise InputError(f"config.json is damaged: {error}".rstrip(".") + ".") from error
        owner = data.get("owner")
        hidden_owner = owner if owner is None or is_digest(owner) else digest(owner)
        return cls(
            created,
            recipe,
            name=data.get("name") or "",
            title=data.get("title") or "",
            owner=hidden_owner,
            has_hidden_owner=owner == hidden_owner,
            is_pinned=bool(data.get("pinned")),
            experiment=data.get("experiment"),
            model=model,
            parameters=data.get("parameters"),
            labels=tuple(data.get("labels") or ()),
            examples=tuple(data.get("examples") or ()),
            window=data.get("window"),
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


def _check_others(config: dict[str, Any]) -> None:
    for name in ("name", "title", "owner"):
        require_text(config, name)
    _require(config, "pinned", lambda value: isinstance(value, bool | None))
    _require(config, "labels", lambda value: value is None or _is_texts(value))
    _require(config, "examples", lambda value: isinstance(value, list | None))
    _require(config, "experiment", lambda value: value is None or _is_texts_by_name(value))
    for name in ("parameters", "window"):
        if config.get(name) is not None:
            require_count(config, name)


def _require(config: dict[str, Any], name: str, is_right: Any) -> None:
    if not is_right(config.get(name)):
        raise InputError(f"its {name!r} cannot be {quoted(config[name])}.")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str | None) for each in value.values())
