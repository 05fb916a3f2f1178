"""What tells runs apart: the settings in which they differ, and names made of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tfplay.errors import InputError
from tfplay.recipes.recipe import MODEL_FIELDS, TRAINING_FIELDS
from tfplay.store.run import Run

RECIPE_SETTINGS = (
    *("task", "data_name", "architecture", "preset", "start"),
    *("examples", "columns", "tokenizer_kind", "vocabulary_size", "validation_fraction"),
    *TRAINING_FIELDS,
)
_SPEAKING = {"task", "data_name", "architecture", "preset", "start", "tokenizer_kind"}
"""Settings whose value is understood without its name."""

Settings = Mapping[str, Any]


def run_settings(run: Run) -> dict[str, Any]:
    """All that was decided about a run, by name; what matters most is first, the seed is last.

    What the recipe leaves to its preset is what the model has, or will have.
    """
    recipe = run.recipe.to_json()
    decided = recipe | recipe["training"] | recipe["model_changes"] | _model_fields(run)
    decided["start"] = run.recipe.start and run.recipe.start.text()
    most, least = RECIPE_SETTINGS[:5], RECIPE_SETTINGS[5:]
    return {name: decided.get(name) for name in (*most, *MODEL_FIELDS, *least)}


def _model_fields(run: Run) -> dict[str, Any]:
    try:
        config = run.config.model or run.recipe.model_config()
    except (
        InputError
    ):  # a recipe that no model can be made of has failed, and is shown all the same
        return {}
    return {name: getattr(config, name) for name in (*MODEL_FIELDS, "architecture")}


def differing_settings(settings: Sequence[Settings]) -> list[str]:
    """Names of the settings that are not the same everywhere, in order; missing ones are `None`."""
    names = dict.fromkeys(name for each in settings for name in each)
    return [name for name in names if any(_differ(settings[0], each, name) for each in settings)]


def distinguishing_labels(settings: Sequence[Settings]) -> list[str]:
    """A name for each, made of no more settings than it takes to tell it from all others.

    Args:
        settings: Of each, by name. Of two settings that tell as much, the earlier one is taken.

    Returns:
        As many names, in the same order. Equal settings have equal names; where all are equal, the
        names are empty.

    Example:
        >>> first, second = {"num_heads": 4, "seed": 0}, {"num_heads": 1, "seed": 0}
        >>> distinguishing_labels([first, second])
        ['num_heads 4', 'num_heads 1']
    """
    names = differing_settings(settings)
    return [_label(each, settings, names) for each in settings]


def difference_labels(runs: Sequence[Run]) -> dict[str, str]:
    """What tells each of the runs from the others, by its id; empty if its recipe does not."""
    changed = {name for run in runs for name in run.recipe.model_changes}
    told = [_only(run_settings(run), {*RECIPE_SETTINGS, *changed}) for run in runs]
    return dict(zip((run.id for run in runs), distinguishing_labels(told), strict=True))


def name_runs(runs: Sequence[Run]) -> dict[str, str]:
    """What to call each among these, by its id: its name, or else what tells it from the others.

    Runs of the same settings are told apart by when they were made, and at worst by their ids.
    """
    differences = difference_labels(runs)
    labels = {run.id: run.config.name or differences[run.id] or run.title for run in runs}
    for suffix in (_when, lambda run: run.id[-4:]):
        counts = Counter(labels.values())
        for run in runs:
            if counts[labels[run.id]] > 1:
                labels[run.id] += f" · {suffix(run)}"
    return labels


def setting_text(value: Any) -> str:
    """A setting's value as people write it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float) and float(f"{value:g}") == value:
        return f"{value:g}"
    return str(value)


def _label(own: Settings, all_settings: Sequence[Settings], names: Sequence[str]) -> str:
    """The smallest choice of settings is costly to find; of this one, none can be left out."""
    others = [each for each in all_settings if any(_differ(own, each, name) for name in names)]
    chosen, alike = [], others
    while alike:
        told = {name: sum(_differ(own, each, name) for each in alike) for name in names}
        chosen.append(max(told, key=told.__getitem__))
        alike = [each for each in alike if not _differ(own, each, chosen[-1])]
    for name in sorted(chosen, key=names.index, reverse=True):
        rest = [kept for kept in chosen if kept != name]
        if all(any(_differ(own, each, kept) for kept in rest) for each in others):
            chosen = rest
    return " · ".join(_setting(name, own.get(name)) for name in names if name in chosen)


def _setting(name: str, value: Any) -> str:
    return setting_text(value) if name in _SPEAKING else f"{name} {setting_text(value)}"


def _differ(one: Settings, other: Settings, name: str) -> bool:
    return one.get(name) != other.get(name)


def _only(settings: Settings, names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name in names}


def _when(run: Run) -> str:
    when = run.created.astimezone()
    return f"{when.day} {when:%b %H:%M}"
