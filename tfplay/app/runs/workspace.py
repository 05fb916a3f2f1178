"""The visitor's runs at work: table, controls and comparison; it follows those in training."""

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import errors_shown, fragment, plain
from tfplay.app.frame.state import kept_toggle, one_of
from tfplay.app.frame.visitor import expiry_notice, visitor
from tfplay.app.runs.architectures import architectures_message
from tfplay.app.runs.comparison import compared_runs
from tfplay.app.runs.controls import run_controls
from tfplay.app.runs.table import choose_runs, damaged_metrics, missing_runs, shown_runs
from tfplay.store import Run, list_damaged
from tfplay.tasks import TASKS

NAME_SHOWN = 15  # characters: date and time, in an id of ours
SECONDS_BETWEEN_LOOKS = 3.0


def run_workspace() -> None:
    """Everything about the visitor's runs, and those of others that the address names."""
    if missing := missing_runs(shown_runs()):
        st.warning(f"There is no run {plain(missing[0])}; it may have been deleted.")
    expiry_notice()
    is_active = _some_are_active()
    every = SECONDS_BETWEEN_LOOKS if is_active else None
    fragment(_run_workspace, run_every=every)(is_active)


def _some_are_active() -> bool:
    return any(run.status().is_active for run in shown_runs())


def _run_workspace(was_active: bool) -> None:
    if was_active and not _some_are_active():
        st.rerun()  # the whole page, which then no longer asks every few seconds
    runs = _filtered()
    if not runs:
        return
    for run, reason in damaged_metrics(runs):
        st.warning(f"The run {plain(run.title)} has no charts: {plain(reason)}")
    chosen = choose_runs(runs)
    architectures_message()
    if not chosen:
        st.caption("Choose runs by the boxes at the left: they are compared here.")
        return
    with errors_shown(then_stop=False):
        run_controls(chosen)
        compared_runs(chosen)
    st.caption("The address of this page opens this comparison: share it as it is.")


def tell_of_damaged_folders() -> None:
    """Which of the visitor's folders, or of nobody's, cannot be opened, and why."""
    for damaged in list_damaged():
        if damaged.owner in (None, visitor()):
            # Whoever has a run's id may see it, so what was once private is not told in full.
            name = damaged.name[:NAME_SHOWN]
            st.warning(f"The run folder {plain(name)}… is damaged: {plain(damaged.reason)}")


def _filtered() -> list[Run]:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with_shipped = kept_toggle(
            "With the models that came with TFPlay", False, "shipped", "with shipped"
        )
        runs = shown_runs(with_shipped)
        tasks = dict.fromkeys(run.recipe.task for run in runs)
        if len(tasks) < 2:
            return runs
        key = begin_linked("task", "task of runs", None, one_of(tasks), tasks)
        st.pills(
            "Task",
            list(tasks),
            format_func=lambda name: TASKS[name].about.title,
            label_visibility="collapsed",
            key=key,
        )
        task = keep_linked("task", key, None)
    return [run for run in runs if task in (None, run.recipe.task)]
