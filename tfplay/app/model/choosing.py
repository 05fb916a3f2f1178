"""Choosing a model: one of the visitor's own runs, or one that came with TFPlay."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from operator import attrgetter

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import empty_state, plain
from tfplay.app.frame.visitor import my_runs
from tfplay.store import Run, find_run, list_runs, list_shipped

MOST_RECENT = 20


def run_labels(runs: Iterable[Run]) -> dict[str, str]:
    """Each run's title by its id; equal titles are told apart by the end of the id."""
    runs = list(runs)
    counts = Counter(run.title for run in runs)
    return {
        run.id: run.title if counts[run.title] == 1 else f"{run.title} · {run.id[-4:]}"
        for run in runs
    }


def usable_runs(
    tasks: Collection[str], is_usable: Callable[[Run], bool] = attrgetter("is_usable")
) -> dict[str, Run]:
    """Models to choose from, by id: the visitor's own, newest first, then those shipped.

    Among the own is what somebody else trained, once the visitor has followed a link to it.

    Args:
        tasks: What they have learned; the shipped ones come in the order of these.
        is_usable: Whether a run has what it takes.
    """
    linked = {st.query_params.get("run"), *st.session_state.get("recent_runs", [])}
    mine = {run.id for run in my_runs()}
    seen = [run for run in list_runs() if run.id in mine or run.id in linked]
    own = [run for run in seen if run.recipe.task in tasks]
    order = list(tasks)
    shipped = [run for run in list_shipped() if run.recipe.task in tasks]
    # Those that came with snapshots show how one learns; the others show what can be learned.
    shipped.sort(key=lambda run: (order.index(run.recipe.task), bool(run.snapshot_steps())))
    return {run.id: run for run in (*own, *shipped) if is_usable(run)}


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
    """What the run that the page's address names has learned; `None` if there is none."""
    run = find_run(st.query_params.get("run", ""))
    return run.recipe.task if run else None


def choose_run(
    *tasks: str,
    purpose: str,
    preferred: str | None = None,
    is_usable: Callable[[Run], bool] = attrgetter("is_usable"),
) -> Run:
    """Lets the visitor choose a model; without any, shows the way to train one.

    The choice is kept in the page's address, `?run=...`, and follows the visitor to other pages.

    Args:
        *tasks: What the model may have learned.
        purpose: What it is for, as in "to translate with".
        preferred: The task of the model that is proposed before the visitor has chosen any; `None`
            is the visitor's newest, of whatever task.
        is_usable: Whether a run has what it takes.
    """
    runs = usable_runs(tasks, is_usable)
    if not runs:
        message = f"There is no model {purpose} yet. A small one takes about a minute to train."
        empty_state(message, pages.TRAIN, "Train a model")
    linked = linked_run()
    if linked and linked.id not in runs:
        st.info(f"The model {plain(linked.title)} cannot be used {purpose}; here is another.")
    recent = st.session_state.get("recent_runs", [])
    wanted = [linked.id, *recent] if linked else recent
    fitting = [run.id for run in runs.values() if run.recipe.task == preferred]
    proposed = next(run_id for run_id in (*wanted, *fitting, *runs) if run_id in runs)
    labels = run_labels(runs.values())
    chosen = st.selectbox(
        "Model",
        list(runs),
        list(runs).index(proposed),
        format_func=labels.get,
        key=f"model {purpose}",
    )
    st.query_params["run"] = chosen
    others = [run_id for run_id in recent if run_id != chosen]
    st.session_state["recent_runs"] = [chosen, *others][:MOST_RECENT]
    return runs[chosen]
