"""A recipe as text: as the parameters of a link, which can be read back, a command line, Python."""

import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tfplay.config import preset_fields
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.recipes.recipe import DATA_FIELDS, MODEL_FIELDS, Recipe, default_recipe
from tfplay.recipes.start import Start
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA, fitting_tasks
from tfplay.text.formats.grid import columns_to_text, parse_columns
from tfplay.text.published import PUBLISHED

OPTIONS = {
    "steps": "--steps",
    "seed": "--seed",
    "batch_size": "--batch-size",
    "learning_rate": "--learning-rate",
    "vocabulary_size": "--vocabulary-size",
    "tokenizer_kind": "--tokenizer",
}
"""Settings that the command line has an option for; `--set` takes the others."""

DERIVED_FIELDS = ("intermediate_dim", "num_kv_heads", "head_dim")
"""Widths that follow from others unless they are set."""

DEFAULT_EXAMPLES = 4000
"""Number of examples from a corpus of this project, unless the recipe says otherwise."""

_START_FIELDS = ("learns", "blocks", "rank", "projections")
_LONGEST_LINE = 88


def proposed_recipe(recipe: Recipe) -> Recipe:
    """What the recipe's task proposes for its data, size and architecture."""
    proposed = default_recipe(
        recipe.task, recipe.data_name, recipe.preset, recipe.architecture, recipe.start
    )
    return replace(proposed, corpus=recipe.corpus, examples=recipe.examples, columns=recipe.columns)


def recipe_settings(recipe: Recipe) -> dict[str, Any]:
    """Every setting by its name, even if the recipe is impossible.

    A width that follows from others is `None` unless it, or the preset, sets it.
    """
    model = proposed_recipe(recipe).model_config().to_json()
    shape = {} if recipe.start else preset_fields(recipe.preset)
    return {
        **{name: getattr(recipe, name) for name in DATA_FIELDS},
        **{name: model[name] for name in MODEL_FIELDS},
        **{name: shape.get(name) for name in DERIVED_FIELDS},
        **recipe.model_changes,
        **recipe.training.to_json(),
    }


def recipe_changes(recipe: Recipe) -> dict[str, Any]:
    """The settings in which the recipe differs from its task's proposal, for `with_changes`.

    Example:
        >>> recipe_changes(default_recipe("chat", "chats.jsonl").with_changes({"steps": 500}))
        {'steps': 500}
    """
    usual = recipe_settings(proposed_recipe(recipe))
    return {name: value for name, value in recipe_settings(recipe).items() if value != usual[name]}


def recipe_to_query(recipe: Recipe) -> dict[str, str]:
    """The recipe as parameters of a link: only those that differ from its task's proposal.

    Example:
        >>> recipe_to_query(default_recipe("chat", "chats.jsonl").with_changes({"steps": 500}))
        {'task': 'chat', 'data': 'chats.jsonl', 'steps': '500'}
    """
    query = {"task": recipe.task, **_shape(recipe), **_start(recipe)}
    if recipe.corpus:
        query["corpus"] = recipe.corpus
    else:
        query["data"] = recipe.data_name
        if recipe.columns:
            query["columns"] = columns_to_text(recipe.columns)
    if recipe.examples not in (None, DEFAULT_EXAMPLES):
        query["examples"] = str(recipe.examples)
    return query | {name: _text(value) for name, value in recipe_changes(recipe).items()}


def recipe_from_query(
    query: Mapping[str, str], find_start: Callable[..., Start] | None = None
) -> Recipe:
    """The recipe that a link's parameters describe.

    Args:
        query: The parameters.
        find_start: Takes the name of a model to start from and what is to learn, as keywords;
            `None` is where there are no models.

    Raises:
        InputError: There is no such task, size, corpus or setting, or a value is impossible.
    """
    settings = dict(query)
    task = settings.pop("task", "")
    corpus = settings.pop("corpus", None)
    examples = settings.pop("examples", None)
    proposed = default_recipe(
        task,
        settings.pop("data", "") or "data",
        settings.pop("preset", None),
        settings.pop("architecture", None),
        _start_from_query(settings, find_start),
    )
    if columns := settings.pop("columns", None):
        proposed = replace(proposed, columns=parse_columns(columns))
    recipe = proposed.with_changes({name: _value(text) for name, text in settings.items()})
    if corpus:
        recipe = with_corpus(recipe, corpus, None if examples is None else _value(examples))
    recipe.model_config()  # raises for an impossible recipe
    return recipe


def _start_from_query(
    settings: dict[str, str], find_start: Callable[..., Start] | None
) -> Start | None:
    """The model to start from; takes what a link says of it out of the settings."""
    chosen = {name: _value(settings.pop(name)) for name in _START_FIELDS if name in settings}
    name = settings.pop("start", None)
    if name is None:
        return None
    if find_start is None:
        raise InputError(f"There is no model {quoted(name)} to start from.")
    if isinstance(projections := chosen.get("projections"), str):
        chosen["projections"] = tuple(projections.split(","))
    return find_start(name, **chosen)


def with_corpus(recipe: Recipe, corpus: str, examples: int | None = None) -> Recipe:
    """The recipe on a corpus.

    Args:
        recipe: The recipe.
        corpus: Name of a corpus that fits its task.
        examples: How many, if the corpus was written for this project.

    Raises:
        InputError: There is no such corpus, or it is for another task.
    """
    known = CORPORA | PUBLISHED
    if corpus not in known:
        raise InputError(f"There is no corpus {quoted(corpus)}; there are {', '.join(known)}.")
    if known[corpus].task not in fitting_tasks(recipe.task):
        raise InputError(
            f"The corpus {quoted(corpus)} is for {known[corpus].task}, not for {recipe.task}."
        )
    if examples is None:
        examples = DEFAULT_EXAMPLES
    if corpus in PUBLISHED:
        examples = None  # it is what it is
    data_name = f"{corpus}{TASKS[recipe.task].about.formats[0]}"
    return replace(recipe, data_name=data_name, corpus=corpus, examples=examples, columns=None)


def recipe_to_command(recipe: Recipe) -> str:
    """The command line that trains by the recipe."""
    data = recipe.corpus or recipe.data_name
    options = {"--task": recipe.task, "--data": f"./{data}" if data.startswith("-") else data}
    if recipe.examples:
        options["--examples"] = str(recipe.examples)
    if recipe.columns:
        options["--columns"] = columns_to_text(recipe.columns)
    options |= {f"--{name}": value for name, value in _shape(recipe).items()}
    if start := _start(recipe):
        options |= {"--start-from": start.pop("start")}
        options |= {f"--{name}": value for name, value in start.items()}
    words = [f"{option} {shlex.quote(value)}" for option, value in options.items()]
    for name, value in recipe_changes(recipe).items():
        if name in OPTIONS:
            words.append(f"{OPTIONS[name]} {shlex.quote(_text(value))}")
        else:
            words.append(f"--set {shlex.quote(f'{name}={_text(value)}')}")
    return _wrapped("python -m tfplay train", words)


def recipe_to_python(recipe: Recipe) -> str:
    """A script that trains by the recipe."""
    data, fetch_import = _literal(recipe.data_name), ""
    corpus: dict[str, Any] = {}
    if recipe.corpus in CORPORA:
        data = 'write_corpus(recipe.corpus, recipe.examples, home() / "corpora")'
        corpus = {"corpus": recipe.corpus, "examples": recipe.examples}
    elif recipe.corpus:
        data = 'fetch(recipe.corpus, home() / "corpora")'
        fetch_import = "from tfplay.text.published import fetch\n"
        corpus = {"corpus": recipe.corpus}
    elif recipe.columns:
        corpus = {"columns": recipe.columns}
    imports = [name for name in ("home", "write_corpus") if f"{name}(" in data]
    shape = "".join(f", {name}={_literal(value)}" for name, value in _shape(recipe).items())
    start = ""
    if recipe.start:
        imports.append("start_from_model")
        shape += ", start=start"
        arguments = _literal_arguments(recipe.start)
        start = f"start = start_from_model({_literal(recipe.start.model)}, {arguments})\n"
    return f"""\
from tfplay.jobs.training import train_run
from tfplay.recipes import default_recipe
from tfplay.store import {", ".join(["create_run", *imports])}
{fetch_import}
{start}recipe = default_recipe({_literal(recipe.task)}, {_literal(recipe.data_name)}{shape})
{_with_changes(corpus | recipe_changes(recipe))}run = create_run(recipe, {data})


def show(status):
    now = status.progress
    print(f"step {{now['step']}}: loss {{now['loss']:.4f}}" if now else status.message)


with run.hold():
    train_run(run, show)
"""


def _shape(recipe: Recipe) -> dict[str, str]:
    """Size and architecture, where they differ from the task's usual ones."""
    usual = default_recipe(recipe.task, recipe.data_name, start=recipe.start)
    shape = {"preset": recipe.preset, "architecture": recipe.architecture}
    return {
        name: value
        for name, value in shape.items()
        if value is not None and value != getattr(usual, name)
    }


def _start(recipe: Recipe) -> dict[str, str]:
    """The model to start from and what of it learns, as a link says it; empty from scratch."""
    if recipe.start is None:
        return {}
    chosen = {name: str(value) for name, value in recipe.start.settings().items()}
    return {"start": recipe.start.model, **chosen}


def _literal_arguments(start: Start) -> str:
    """What of the model learns, as arguments in Python."""
    names = ("projections",) if start.learns == "lora" else ()
    chosen = start.settings() | {name: getattr(start, name) for name in names}
    return ", ".join(f"{name}={_literal(value)}" for name, value in chosen.items())


def _with_changes(changes: dict[str, Any]) -> str:
    if not changes:
        return ""
    lines = "".join(
        f"    {_literal(name)}: {_literal(value)},\n" for name, value in changes.items()
    )
    return f"recipe = recipe.with_changes({{\n{''.join(lines)}}})\n"


def _literal(value: Any) -> str:
    """A value as Python; strings in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _value(text: str) -> Any:
    """The value as JSON or, where it is not JSON, as a word."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _wrapped(command: str, words: list[str]) -> str:
    """The command in lines that end with a backslash where they go on."""
    lines = [command]
    for word in words:
        if len(lines[-1]) + len(word) > _LONGEST_LINE:
            lines.append("   ")
        lines[-1] += f" {word}"
    return " \\\n".join(lines)
