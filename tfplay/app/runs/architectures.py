"""The same task on other architectures, with as many parameters, by one press."""

import filecmp
from collections.abc import Sequence

import streamlit as st

from tfplay import jobs
from tfplay.app.frame.visitor import my_runs, visitor
from tfplay.app.runs.table import compare
from tfplay.config import count_parameters
from tfplay.recipes import Recipe, match_architectures
from tfplay.store import Run
from tfplay.tasks import TASKS

_MESSAGE = "architectures_message"


def architectures_button(runs: Sequence[Run]) -> None:
    """Trains what the first of the runs learned on every other architecture that can."""
    fitting = [run for run in runs if _left_out(run) and run.data_path.exists()]
    if fitting and st.button(
        "Compare architectures",
        icon=":material/account_tree:",
        help="Trains the same on other architectures, each with as many parameters.",
    ):
        started, message = _start_matches(fitting[0])
        st.session_state[_MESSAGE] = message
        compare([fitting[0], *started])
        st.rerun()


def architectures_message() -> None:
    """What was started by the last press, told once."""
    if message := st.session_state.pop(_MESSAGE, None):
        st.info(message, icon=":material/account_tree:")


def _start_matches(run: Run) -> tuple[list[Run], str]:
    """The run's counterparts, and how they compare to it."""
    known = {}
    if config := run.config.model:
        known = {"vocabulary_size": config.vocabulary_size, "num_classes": config.num_classes}
    recipes = match_architectures(run.recipe, **known)
    own = count_parameters(run.recipe.model_config(**known))
    sentences = [f"This {run.recipe.model_config().architecture} has {own:,} parameters."]
    for recipe in recipes:
        config = recipe.model_config(**known)
        count = count_parameters(config)
        sentences.append(
            f"The {config.architecture} of {config.num_layers} layers, {config.hidden_dim} wide, "
            f"has {count:,} ({count / own - 1:+.1%})."
        )
    started = [_found(recipe, run) or _start(recipe, run) for recipe in recipes]
    return started, " ".join((*sentences, _left_out(run)))


def _left_out(run: Run) -> str:
    """Why the third architecture cannot learn what two can."""
    return TASKS[run.recipe.task].about.left_out


def _start(recipe: Recipe, run: Run) -> Run:
    return jobs.start(recipe, run.data_path, owner=visitor())


def _found(recipe: Recipe, run: Run) -> Run | None:
    """A run of this recipe on the same data that has not failed: no need to train another."""
    for other in my_runs():
        has_failed = other.status().state in ("failed", "lost", "stopped")
        if other.recipe == recipe and not has_failed and _same_data(other, run):
            return other
    return None


def _same_data(one: Run, other: Run) -> bool:
    return one.data_path.exists() and filecmp.cmp(one.data_path, other.data_path, shallow=False)
