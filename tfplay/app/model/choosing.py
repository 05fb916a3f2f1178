"""Choosing a model: of the visitor's own, or one that came with TFPlay."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from operator import attrgetter

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.address import forget_with_address, write_address
from tfplay.app.frame.layout import empty_state, plain
from tfplay.app.frame.locks import models_of_class
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.state import begin_with
from tfplay.app.frame.visitor import my_runs, owns
from tfplay.store import Model, Run, find_model, find_run, list_opened, list_runs, list_shipped
from tfplay.tasks import TASKS

MOST_RECENT = 20


def model_labels(models: Iterable[Model]) -> dict[str, str]:
    """Each model's title by its id; equal titles are told apart by the end of the id."""
    models = list(models)
    counts = Counter(model.title for model in models)
    return {
        model.id: model.title if counts[model.title] == 1 else f"{model.title} · {model.id[-4:]}"
        for model in models
    }


def models_at_hand() -> list[Model]:
    """The visitor's own models, newest first, then those of others, then those shipped.

    Among the own is what somebody else trained, once the visitor has followed a link to it. In a
    snapshot there are its models and those shipped.
    """
    if opened := opened_snapshot():
        own = [each for each in (opened.model, opened.other) if each]
        return [*own, *(run.model for run in list_shipped() if run.model not in own)]
    linked = {st.query_params.get("run"), *st.session_state.get("recent_models", [])}
    mine = {run.id for run in my_runs()}
    own = [run for run in list_runs() if run.id in mine or run.id in linked]
    trained, shipped = (
        [run.model for run in runs if run.config.model] for runs in (own, list_shipped())
    )
    others = [
        model for model in list_opened() if model.owner is None or owns(model) or model.id in linked
    ]
    return [*trained, *others, *shipped]


def usable_models(
    tasks: Collection[str],
    is_usable: Callable[[Model], bool] = attrgetter("is_usable"),
    preferred: str | None = None,
) -> dict[str, Model]:
    """Models to choose from, by id: the visitor's own, then those of others, then those shipped.

    The visitor's class may have locked all but its lesson's.

    Args:
        tasks: What they have learned; the shipped ones come in the order of these.
        is_usable: Whether a model has what it takes.
        preferred: Name of the shipped model that comes first among those of its task.
    """
    order = list(tasks)

    def place(model: Model) -> tuple[int, int]:
        if model.origin != "shipped":
            return -1, 0
        if model.id == preferred:
            return order.index(model.task), 0
        # Those that came with snapshots show how one learns; the others show what can be learned,
        # and the small ones more clearly than those that began as a published model.
        began_published = model.learned_from is not None and model.learned_from.recipe.start
        return order.index(model.task), 1 + bool(began_published) + 2 * bool(model.steps())

    fitting = [each for each in models_at_hand() if each.task in order and is_usable(each)]
    return {model.id: model for model in models_of_class(sorted(fitting, key=place))}


def linked_run() -> Run | None:
    """The run that the page's address names, `?run=...`; says so if there is none of this id."""
    run_id = st.query_params.get("run")
    if run_id is None:
        return None
    run = find_run(run_id)
    if run is None:
        st.warning(f"There is no run {plain(run_id)}; it may have been deleted.")
    return run


def linked_task() -> str | None:
    """What the model that the page's address names has learned; `None` if there is none."""
    opened = opened_snapshot()
    model = opened.model if opened else find_model(st.query_params.get("run", ""))
    return model.task if model else None


def choose_model(
    *tasks: str,
    purpose: str,
    preferred: str | None = None,
    is_usable: Callable[[Model], bool] = attrgetter("is_usable"),
) -> Model:
    """Lets the visitor choose a model; without any, shows the way to train one.

    The choice is kept in the page's address, `?run=...`, and follows the visitor to other pages.
    In a snapshot there is no choice but its model.

    Args:
        *tasks: What the model may have learned.
        purpose: What it is for, as in "to translate with".
        preferred: The task of the model that is proposed before the visitor has chosen any, or the
            name of the one that is proposed of those shipped; `None` is the visitor's newest, of
            whatever task.
        is_usable: Whether a model has what it takes.
    """
    models = usable_models(tasks, is_usable, preferred)
    if opened := opened_snapshot():
        models = {opened.model.id: opened.model}
    linked_id = st.query_params.get("run")
    if linked_id not in models and (linked := linked_run()):
        told = (
            f"The model {plain(linked.title)} cannot be used {purpose}: {_why_not(linked, tasks)}"
        )
        st.info(f"{told}; here is another." if models else f"{told}.")
    if not models:
        message = f"There is no model {purpose} yet. A small one takes about a minute to train."
        empty_state(message, pages.TRAIN, "Train a model")
    recent = st.session_state.get("recent_models", [])
    fitting = [model.id for model in models.values() if model.task == preferred]
    wanted = (linked_id, *recent, *fitting, *models)
    proposed = next(model_id for model_id in wanted if model_id in models)
    labels = model_labels(models.values())
    key = begin_with(f"model {purpose}", proposed, models)
    forget_with_address("run", key)
    chosen = st.selectbox("Model", list(models), format_func=labels.get, key=key)
    write_address("run", chosen)
    others = [model_id for model_id in recent if model_id != chosen]
    st.session_state["recent_models"] = [chosen, *others][:MOST_RECENT]
    return models[chosen]


def _why_not(run: Run, tasks: Collection[str]) -> str:
    """Why a run's model is none that a page can use."""
    if run.recipe.task not in tasks:
        return f"it learns another task, {TASKS[run.recipe.task].about.title}"
    if reason := run.not_yet():
        return reason
    if not run.is_usable:
        return "its training ended before a model was saved"
    return "too few snapshots of its weights were kept"
