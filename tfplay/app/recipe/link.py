"""A recipe in the address of the Train page: to be opened again, duplicated, or handed on."""

from pathlib import PurePath
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import plain
from tfplay.recipes import Recipe
from tfplay.recipes.text import recipe_to_command, recipe_to_python, recipe_to_query
from tfplay.store import Run

RUN_PARAMETER = "recipe"
"""Names a run of this place whose recipe, and data, are to be used again."""


def recipe_query(recipe: Recipe, run: Run | None = None) -> dict[str, str]:
    """Query parameters for the Train page, which open it with this recipe.

    Args:
        recipe: The recipe.
        run: The run that was trained by it, if there is one: its data is then at hand as well, and
            no Keras is loaded to find out what the recipe sets otherwise than its task.

    Example:
        >>> st.page_link(navigation.TRAIN, query_params=recipe_query(run.recipe, run))
    """
    return {RUN_PARAMETER: run.id} if run else recipe_to_query(recipe)


def recipe_link(recipe: Recipe) -> str:
    """The address of the Train page with the recipe in it."""
    parts = urlsplit(st.context.url or "")
    folder = parts.path.rpartition("/")[0]
    query = urlencode(recipe_to_query(recipe))
    path = f"{folder}/{PurePath(pages.TRAIN).stem}"
    return urlunsplit(parts._replace(path=path, query=query, fragment=""))


def recipe_texts(recipe: Recipe) -> None:
    """The recipe to copy: as a link, as a command line, as Python."""
    link, command, python = st.tabs(["Link", "Command line", "Python"])
    with link:
        st.code(recipe_link(recipe), language=None, wrap_lines=True)
        if recipe.corpus:
            st.caption("Whoever opens it finds Train filled in with this recipe, the data too.")
        else:
            st.caption(
                f"Whoever opens it finds Train filled in with this recipe, but needs the file "
                f"**{plain(recipe.data_name)}**: a link carries no data."
            )
    with command:
        st.code(recipe_to_command(recipe), language="bash", wrap_lines=True)
        st.caption("Trains the same model: same data, same first weights, same order.")
    with python:
        st.code(recipe_to_python(recipe), language="python")
        st.caption("The same training as a script, where TFPlay is installed.")
