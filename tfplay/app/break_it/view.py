"""An experiment's two runs side by side: live while they train, then what was found."""

from typing import Any

import streamlit as st

from tfplay import jobs
from tfplay.app.break_it.pictures import (
    depth,
    draw_entropy,
    draw_gradients,
    draw_losses,
    draw_samples,
)
from tfplay.app.break_it.probing import entropy_of, frequency_loss_of, probe_of
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, fragment, plain
from tfplay.app.frame.visitor import is_mine, require_mine
from tfplay.app.run_panel.progress import run_progress
from tfplay.app.run_panel.view import state_badge
from tfplay.app.widgets.chart import show_words
from tfplay.experiments import (
    OUTCOMES,
    Trial,
    early_gradient_norms,
    finding,
    measure,
    outcome,
    verdict,
)
from tfplay.experiments.measures import MOST_SNAPSHOTS, some
from tfplay.store import Run


def trial_view(trial: Trial) -> None:
    """Both runs' progress, losses, gradients, attention and samples, and what they have shown."""
    st.subheader(trial.experiment.title, anchor=False)
    st.markdown(trial.experiment.description)
    recipe = trial.intact.recipe
    st.caption(
        f"Trained on {plain(recipe.data_name)}, {recipe.training.steps:,} steps each. The intact "
        f"model is {depth(recipe.model_config())}."
    )
    if trial.guess:
        st.markdown(f"Your guess: **{OUTCOMES[trial.guess]}**")
    is_active = trial.is_active
    fragment(_trial_view, run_every=1.5 if is_active else None)(trial, is_active)


def _trial_view(trial: Trial, was_active: bool) -> None:
    is_active = trial.is_active
    if was_active and not is_active:
        st.rerun()  # the whole page, which then no longer asks every second
    for column, (name, run) in zip(st.columns(2), trial.runs.items(), strict=True):
        with column.container(border=True):
            _standing(name, run)
    found = st.container()
    metrics = {name: run.metrics() for name, run in trial.runs.items()}
    draw_losses(metrics)
    steps = trial.intact.recipe.training.steps
    early = {name: early_gradient_norms(rows, steps) for name, rows in metrics.items()}
    draw_gradients(metrics, early)
    attention = st.container()
    draw_samples(_samples(trial))
    if is_active:
        with found:
            _cancel_button(trial)
        return
    for place, measured in ((found, _finding), (attention, _entropy)):  # they take a while
        with place, errors_shown(then_stop=False):
            measured(trial)


def _standing(name: str, run: Run) -> None:
    status = run.status()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name[0].upper()}{name[1:]}**")
        state_badge(status)
        if not status.is_active:
            details = {"run": run.id}
            st.page_link(pages.TRAIN, label="Details", icon=":material/info:", query_params=details)
    if status.is_active:
        run_progress(run, status)
    elif status.state != "done":
        st.caption(plain(status.message))


def _cancel_button(trial: Trial) -> None:
    runs = trial.runs.values()
    if all(map(is_mine, runs)) and st.button("Cancel both", icon=":material/stop_circle:"):
        with errors_shown():
            require_mine(*runs)
            for run in runs:
                jobs.stop(run)
        st.rerun()


def _finding(trial: Trial) -> None:
    """The sentence made of the measurements, and whether the guess was right."""
    measured = [measure(run, probe_of(run)) for run in trial.runs.values()]
    frequency_loss = frequency_loss_of(trial.intact.model)
    result = outcome(*measured, frequency_loss)
    with st.container(border=True, key="finding"):
        told = finding(trial.experiment, *measured, frequency_loss)
        show_words(f"#### {plain(told)}", "finding")
        if trial.guess:
            icon = ":material/check_circle:" if result == trial.guess else ":material/lightbulb:"
            st.markdown(f"{icon} {verdict(trial.guess, result)}")


def _entropy(trial: Trial) -> None:
    """Measures attention at steps that both kept."""
    intact, broken = trial.runs.values()
    steps = some(sorted({*intact.model.steps()} & {*broken.model.steps()}), MOST_SNAPSHOTS)
    draw_entropy(
        {
            name: {step: entropy_of(run.model.at(step)) for step in steps}
            for name, run in trial.runs.items()
        }
    )


def _samples(trial: Trial) -> dict[str, list[dict[str, Any]]]:
    """What each answered at its last validation, by its name and that step."""
    latest = {name: rows[-1] for name, run in trial.runs.items() if (rows := run.samples())}
    return {f"{name}, step {row['step']:,}": row["samples"] for name, row in latest.items()}
