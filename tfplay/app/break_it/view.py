"""An experiment's two runs side by side: live while they train, then what was found."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from tfplay import figures, jobs
from tfplay.app.break_it.probing import entropy_of, frequency_loss_of, probe_of
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, fragment, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.visitor import is_mine, require_mine
from tfplay.app.run_panel.progress import run_progress
from tfplay.app.run_panel.view import state_badge
from tfplay.app.widgets.chart import show_chart
from tfplay.config import ModelConfig
from tfplay.experiments import (
    OUTCOMES,
    Trial,
    early_gradient_norms,
    finding,
    measure,
    outcome,
    verdict,
)
from tfplay.store import Run

FIRST_STEPS = "the first steps"
MOST_STEPS = 24
"""So many steps can be chosen to look at the gradient."""

MOST_SNAPSHOTS = 6
"""Of so many the attention is measured: it takes some tenths of a second for each."""


def trial_view(trial: Trial) -> None:
    """Both runs' progress, losses, gradients, attention and samples, and what they have shown."""
    st.subheader(trial.experiment.title, anchor=False)
    st.markdown(trial.experiment.description)
    recipe = trial.intact.recipe
    st.caption(
        f"Trained on {plain(recipe.data_name)}, {recipe.training.steps:,} steps each. The intact "
        f"model is {depth(recipe.model_config())}."
    )
    st.markdown(f"Your guess: **{OUTCOMES[trial.guess]}**")
    is_active = trial.is_active
    fragment(_trial_view, run_every=1.5 if is_active else None)(trial, is_active)


def depth(config: ModelConfig) -> str:
    """How a model is stacked, in words."""
    place = "pre-norm" if config.normalize_first else "post-norm"
    return f"{config.num_layers} blocks deep ({place})"


def _trial_view(trial: Trial, was_active: bool) -> None:
    is_active = trial.is_active
    if was_active and not is_active:
        st.rerun()  # the whole page, which then no longer asks every second
    for column, (name, run) in zip(st.columns(2), trial.runs.items(), strict=True):
        with column.container(border=True):
            _standing(name, run)
    found = st.container()
    metrics = {name: run.metrics() for name, run in trial.runs.items()}
    _losses(metrics)
    _gradients(trial, metrics)
    attention = st.container()
    _samples(trial)
    if is_active:
        with found:
            _cancel_button(trial)
        return
    for place, measured in ((found, _finding), (attention, _attention)):  # they take a while
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
        st.markdown(f"#### {plain(finding(trial.experiment, *measured, frequency_loss))}")
        icon = ":material/check_circle:" if result == trial.guess else ":material/lightbulb:"
        st.markdown(f"{icon} {verdict(trial.guess, result)}")


def _losses(metrics: dict[str, list[dict[str, Any]]]) -> None:
    if not any(metrics.values()):
        return
    st.markdown("##### Loss")
    validated = any(row["validation_loss"] is not None for rows in metrics.values() for row in rows)
    kind = "validation_loss" if validated else "loss"
    alt = "The losses of the two runs over the steps"
    show_chart(figures.comparison_chart(metrics, kind), key="losses", alt=alt)
    st.caption("On validation examples." if validated else "On the examples trained on.")


def _gradients(trial: Trial, metrics: dict[str, list[dict[str, Any]]]) -> None:
    by_step = {
        name: {row["step"]: row["gradient_norms"] for row in rows if row.get("gradient_norms")}
        for name, rows in metrics.items()
    }
    if not any(by_step.values()):
        return
    st.markdown("##### Gradient in each block")
    steps = sorted(set().union(*by_step.values()))
    options = [FIRST_STEPS, *_some(steps, MOST_STEPS)]
    looks = {"draw": st.select_slider, "link": "at"}
    chosen = choose_one("At step", options, FIRST_STEPS, "at step", **looks)
    if chosen == FIRST_STEPS:
        norms = {
            name: early_gradient_norms(rows, trial.intact.recipe.training.steps)
            for name, rows in metrics.items()
        }
    else:
        norms = {name: norms[chosen] for name, norms in by_step.items() if chosen in norms}
    alt = "Norm of the gradient in each block of the two models"
    show_chart(figures.gradient_profile(norms), key="gradients", alt=alt)
    st.caption(
        "How strongly each part is told to change, on a logarithmic scale. The gradient starts at "
        "the head, on the right, and goes backwards through the blocks to the left: a line that "
        "falls to the left is a vanishing gradient, one that rises an exploding one."
    )


def _some(items: Sequence[int], most: int) -> list[int]:
    """At most so many of them, evenly chosen, the last among them."""
    stride = -(-len(items) // most)
    return list(items[::-1][::stride][::-1])


def _attention(trial: Trial) -> None:
    """How spread out attention is, from the first weights to the last."""
    intact, broken = trial.runs.values()
    common = sorted({*intact.model.steps()} & {*broken.model.steps()})
    if not common:
        return
    steps = _some(common, MOST_SNAPSHOTS)
    lines = {
        name: [entropy_of(run.model.at(step)) for step in steps] for name, run in trial.runs.items()
    }
    st.markdown("##### Entropy of attention")
    alt = "Mean entropy of attention of the two models over the steps"
    figure = figures.lines_over_steps(steps, lines, "entropy (bits)")
    show_chart(figure, key="entropy", alt=alt)
    st.caption(
        "Mean over all heads and validation examples: 0 bits is all attention on one token, n bits "
        "as much as spreading it evenly over 2ⁿ tokens."
    )


def _samples(trial: Trial) -> None:
    """What both answer to the same at their last validations."""
    latest = {name: rows[-1] for name, run in trial.runs.items() if (rows := run.samples())}
    if not latest:
        return
    st.markdown("##### What they answer")
    names = list(latest)
    for answers in zip(*(row["samples"] for row in latest.values()), strict=False):
        with st.container(border=True):
            st.caption("given")
            st.text(answers[0]["input"])
            if answers[0]["wanted"] is not None:
                st.caption("wanted")
                st.text(answers[0]["wanted"])
            for column, name, answer in zip(st.columns(len(names)), names, answers, strict=True):
                column.caption(f"{name}, step {latest[name]['step']:,}")
                column.text(answer["output"])
