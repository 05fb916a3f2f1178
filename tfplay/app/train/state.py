"""The recipe that a visitor writes: kept through the session, and in the page's address."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.model.choosing import models_at_hand
from tfplay.app.recipe.fields import FIELDS
from tfplay.app.recipe.link import RUN_PARAMETER
from tfplay.app.train.data_input import keep_data
from tfplay.app.train.sample_data import samples_of
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.recipes import Recipe, Start, default_recipe
from tfplay.recipes.text import recipe_from_query, recipe_to_query, with_corpus
from tfplay.store import list_runs, list_shipped, start_from_model
from tfplay.zoo import ZOO

_ADDRESS, _RECIPES = "recipe_address", "recipes"
_WIDGETS = (
    *FIELDS,
    *(
        "architecture",
        "preset",
        "start",
        "learns",
        "blocks",
        "rank",
        "source",
        "sample",
        "examples",
        "corpus",
        "file",
        "text",
    ),
)
"""All of the form and of the choice of data, by the names under which they are kept for a task."""


def kept_recipe(task: str) -> Recipe:
    """The visitor's recipe for the task; at first what the task proposes, on its first sample."""
    recipes = st.session_state.setdefault(_RECIPES, {})
    if task not in recipes:
        recipes[task] = with_corpus(default_recipe(task, "data"), next(iter(samples_of(task))))
    return recipes[task]


def keep_recipe(recipe: Recipe) -> None:
    """Remembers the recipe as the one for its task."""
    st.session_state.setdefault(_RECIPES, {})[recipe.task] = recipe


def forget_widgets(task: str, names: Iterable[str]) -> None:
    """These fields of the form begin anew, with what the recipe says."""
    for name in names:
        st.session_state.pop(f"{task} {name}", None)


def show_in_address(recipe: Recipe) -> None:
    """Puts the recipe into the page's address, so that it survives a reload."""
    query = recipe_to_query(recipe)
    st.session_state[_ADDRESS] = query
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def open_address() -> None:
    """Takes over the recipe that the page's address describes, if a link brought a new one.

    A bad link is told in a sentence, and the form stays as it was.
    """
    query = st.query_params.to_dict()
    query.pop("run", None)  # of a run that is gone, which the page has said
    if not query or query == st.session_state.get(_ADDRESS):
        return
    try:
        named = RUN_PARAMETER in query
        recipe = _named_runs_recipe(query) if named else recipe_from_query(query, _find_start)
    except InputError as error:
        st.warning(
            f"This link describes no recipe: {plain(str(error))} Here is what is proposed instead.",
            icon=":material/link_off:",
        )
        return
    forget_widgets(recipe.task, _WIDGETS)
    keep_recipe(recipe)
    st.session_state["task"] = recipe.task
    if recipe.corpus and not named:  # for the file of another the choice of data asks
        st.info(
            "This link brought a recipe, and its data is here: press **Train** to train by it.",
            icon=":material/link:",
        )


def _find_start(name: str, **learns: Any) -> Start:
    """A start from one of the models that the visitor may see."""
    models = {model.id: model for model in models_at_hand()}
    if name not in models:
        raise InputError(f"There is no model {quoted(name)} to start from.")
    return start_from_model(models[name], **learns)


def _named_runs_recipe(query: dict[str, str]) -> Recipe:
    """The recipe of a run of this place; the run's data is kept with it."""
    run_id = query[RUN_PARAMETER]
    runs = {run.id: run for run in (*list_shipped(), *list_runs())}
    if run_id not in runs:
        raise InputError(f"There is no run {quoted(run_id)}; it may have been deleted.")
    run = runs[run_id]
    if run.is_shipped:
        return with_corpus(run.recipe, ZOO[run_id].corpus, ZOO[run_id].examples)
    if run.recipe.corpus is None:
        keep_data(run)
    return run.recipe
