"""The views of the page "What it learned": each measures every snapshot of a model."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from tfplay.app.frame.layout import errors_shown, fragment, plain
from tfplay.app.learned.context import context_view
from tfplay.app.learned.induction import induction_view
from tfplay.app.learned.likeness import likeness_view
from tfplay.app.learned.shapes import shapes_view
from tfplay.app.learned.spread import spread_view
from tfplay.app.lesson import TEXT_TASKS
from tfplay.app.widgets.chart import show_words
from tfplay.store import Model, find_run

SECONDS = 10
"""Between two looks for new snapshots while the training goes on."""

NEXT_TOKEN_TASKS = ("language-model", "chat", "translation")


class LearnedView(NamedTuple):
    """One thing that can be seen to be learned."""

    title: str
    tasks: tuple[str, ...]
    show: Callable[[Model], None]


VIEWS = {
    "context": LearnedView("From counting to context", NEXT_TOKEN_TASKS, context_view),
    "induction": LearnedView("Induction heads", NEXT_TOKEN_TASKS[:2], induction_view),
    "attention": LearnedView("Attention over training", TEXT_TASKS, spread_view),
    "heads": LearnedView("Do heads differ?", TEXT_TASKS, likeness_view),
    "embeddings": LearnedView("Embeddings taking shape", TEXT_TASKS, shapes_view),
}
"""Every view by its name in the page's address, `?view=...`."""


def learned_view(model: Model, name: str) -> None:
    """Shows one of `VIEWS`; while it is trained, new snapshots come by themselves."""
    named = f"The snapshots of **{plain(model.title)}**, of {model.parameters:,} parameters."
    show_words(named, "model", st.caption)
    is_active = _is_in_training(model)
    fragment(_view, run_every=SECONDS if is_active else None)(model, name, is_active)


def _view(model: Model, name: str, was_active: bool) -> None:
    if was_active and not _is_in_training(model):
        st.rerun()  # the whole page, which then no longer asks
    with errors_shown():
        VIEWS[name].show(model)


def _is_in_training(model: Model) -> bool:
    run = find_run(model.id)
    return run is not None and run.status().is_active


__all__ = ["NEXT_TOKEN_TASKS", "VIEWS", "LearnedView", "learned_view"]
