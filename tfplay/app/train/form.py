"""The form in which a visitor writes a recipe: few choices at first, the others under "More"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import begin_with
from tfplay.app.recipe.fields import FIELDS, GROUPS, STEPS, Field, shown
from tfplay.app.train.data_input import Data
from tfplay.app.train.starting import choose_start
from tfplay.app.train.state import forget_widgets, keep_recipe, kept_recipe
from tfplay.config import PRESETS
from tfplay.errors import InputError
from tfplay.recipes import (
    MODEL_FIELDS,
    TRAINING_FIELDS,
    Recipe,
    default_recipe,
    fit_to_amount,
)
from tfplay.recipes.amount import FITTED
from tfplay.recipes.start import CHANGEABLE
from tfplay.recipes.text import proposed_recipe, recipe_changes, recipe_settings
from tfplay.tasks import TASKS

COLUMNS = 3
_OF_A_START = {*TRAINING_FIELDS, *CHANGEABLE, "validation_fraction"}
"""Settings that a model to start from leaves open."""
_TASK = "recipe_task"  # outlives the widget


def choose_task() -> str:
    """Lets the visitor choose what is to be learned."""
    task = st.pills(
        "What to learn",
        list(TASKS),
        required=True,
        format_func=lambda name: TASKS[name].about.title,
        key=begin_with("task", st.session_state.get(_TASK, "translation")),
    )
    st.session_state[_TASK] = task
    return task


def edit_recipe(recipe: Recipe, data: Data | None) -> Recipe:
    """Lets the visitor change a recipe.

    Args:
        recipe: As the page was left, or as a link or the task proposes it.
        data: What it is to be trained on.

    Returns:
        The recipe as it is now; it may be impossible.
    """
    if data:
        recipe = replace(
            recipe,
            data_name=data.name,
            corpus=data.corpus,
            examples=data.examples,
            columns=data.columns,
        )
    recipe = _fitted(choose_start(recipe), data)
    with st.container(horizontal=True, gap="medium"):
        if recipe.start is None:
            recipe = _choose_shape(recipe)
        values = recipe_settings(recipe)
        values |= _edit([STEPS], recipe, [st.container(width=220)])
    with st.expander("More", icon=":material/tune:"):
        for tab, blocks in zip(st.tabs(list(GROUPS)), GROUPS.values(), strict=True):
            with tab:
                for fields in blocks:
                    values |= _edit(fields, recipe, _cells())
    proposed = recipe_settings(proposed_recipe(recipe))
    changes = {name: value for name, value in values.items() if value != proposed[name]}
    recipe = proposed_recipe(recipe).with_changes(changes)
    keep_recipe(recipe)
    _offer_resets(recipe)
    return recipe


def _fitted(recipe: Recipe, data: Data | None) -> Recipe:
    """The recipe fitted to the amount of a file, once; what the visitor has changed stays."""
    key = f"{recipe.task} fitted"
    before, by_fitting = st.session_state.get(key, (None, {}))
    now = (data.fingerprint, data.amount, recipe.start) if data and data.amount else None
    is_untouched = recipe_changes(recipe) in ({}, by_fitting)
    if data and now != before and is_untouched:
        recipe = proposed_recipe(recipe)
        if data.amount:
            recipe = fit_to_amount(recipe, data.amount.num_examples)
        by_fitting = recipe_changes(recipe)
        st.session_state[key] = now, by_fitting
        forget_widgets(recipe.task, FITTED)
    if by_fitting and recipe_changes(recipe) == by_fitting:
        st.caption(
            "Steps, dropout and vocabulary are fitted to the amount of your data; training ends "
            "when validation gets no better, and keeps its best weights."
        )
    return recipe


def _choose_shape(recipe: Recipe) -> Recipe:
    """Lets the visitor choose size and architecture; another size takes its own model's fields."""
    task, architecture, preset = recipe.task, recipe.architecture, recipe.preset
    if len(TASKS[task].about.architectures) > 1:
        architecture = st.segmented_control(
            "Architecture",
            TASKS[task].about.architectures,
            required=True,
            key=begin_with(f"{task} architecture", recipe.architecture),
            help="The same task, learned by different transformers: compare them on the page Runs.",
        )
    fitting = _fitting_presets(task, architecture)
    if preset not in fitting:
        preset = default_recipe(task, recipe.data_name).preset
        forget_widgets(task, ["preset"])
    preset = st.segmented_control(
        "Size of the model",
        fitting,
        required=True,
        key=begin_with(f"{task} preset", preset),
        help="From tiny, which trains in a minute, to the published shapes, which want a GPU.",
    )
    if (architecture, preset) == (recipe.architecture, recipe.preset):
        return recipe
    changes = recipe_changes(recipe)
    if preset != recipe.preset:
        changes = {name: changes[name] for name in changes if name not in MODEL_FIELDS}
    forget_widgets(task, FIELDS)
    chosen = default_recipe(task, recipe.data_name, preset, architecture)
    return replace(
        chosen.with_changes(changes),
        corpus=recipe.corpus,
        examples=recipe.examples,
        columns=recipe.columns,
    )


@st.cache_data(show_spinner=False)
def _fitting_presets(task: str, architecture: str) -> list[str]:
    recipes = {name: default_recipe(task, "any", name, architecture) for name in PRESETS}
    return [name for name, recipe in recipes.items() if _fits(recipe)]


def _fits(recipe: Recipe) -> bool:
    try:
        recipe.model_config()
    except InputError:
        return False
    return True


def _cells() -> Iterator[Any]:
    """Places for fields, in rows of three; no row is begun before it is needed."""
    while True:
        yield from st.columns(COLUMNS)


def _edit(fields: Sequence[Field], recipe: Recipe, cells: Iterable[Any]) -> dict[str, Any]:
    """Shows those fields that mean something for the recipe; returns their values by name."""
    proposed = proposed_recipe(recipe)
    usual, values = recipe_settings(proposed), recipe_settings(recipe)
    config = proposed.model_config()
    fitting = [
        field
        for field in fields
        if field.fits(config) and (recipe.start is None or field.name in _OF_A_START)
    ]
    return {
        field.name: _widget(
            field,
            place,
            begin_with(f"{recipe.task} {field.name}", _as_number(field, values[field.name])),
            usual[field.name],
        )
        for field, place in zip(fitting, cells, strict=False)
    }


def _as_number(field: Field, value: Any) -> Any:
    """The value as its widget takes it: a link may say 1 where there are fractions."""
    is_fraction = field.limits is not None and isinstance(field.limits[0], float)
    return float(value) if is_fraction and value is not None else value


def _widget(field: Field, place: Any, key: str, usual: Any) -> Any:
    """The field's widget, marked if its value is not the usual one; returns the value."""
    value = st.session_state[key]
    label = field.label if value == usual else f"{field.label} :primary[●]"
    if field.choices:
        return place.selectbox(label, field.choices, format_func=shown, key=key, help=field.help)
    if field.limits is None:
        return place.toggle(label, key=key, help=field.help)
    low, high, step = field.limits
    number = low if value is None else value  # a link may go beyond what the form proposes
    return place.number_input(
        label,
        min(low, number),
        max(high, number),
        step=step,
        format="%g" if isinstance(low, float) else None,
        key=key,
        help=field.help,
        placeholder=field.unset or None,
    )


def _offer_resets(recipe: Recipe) -> None:
    """Names what was changed; a press on it takes the change back."""
    changes = recipe_changes(recipe)
    if not changes:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Changed", width="content")
        for name, value in changes.items():
            label = FIELDS[name].label if name in FIELDS else name
            _reset_button(f"{label}: {plain(shown(value))}", recipe.task, [name])
        if len(changes) > 1:
            _reset_button("All", recipe.task, list(changes))


def _reset_button(label: str, task: str, names: list[str]) -> None:
    st.button(
        label,
        icon=":material/undo:",
        key=f"{task} reset {label.partition(':')[0]}",
        on_click=_reset,
        args=(task, names),
        help="Back to what is proposed.",
    )


def _reset(task: str, names: list[str]) -> None:
    recipe = kept_recipe(task)
    changes = {name: value for name, value in recipe_changes(recipe).items() if name not in names}
    keep_recipe(proposed_recipe(recipe).with_changes(changes))
    forget_widgets(task, names)
