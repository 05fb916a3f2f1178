"""A run as it stands: live while it trains, with what came of it and where to go afterwards."""

from pathlib import Path
from typing import Any

import streamlit as st

from tfplay import jobs
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, fragment, metrics_row, plain
from tfplay.app.frame.visitor import is_mine, require_mine
from tfplay.app.run_panel.charts import run_charts
from tfplay.app.run_panel.measures import MEASURES, SCORES
from tfplay.app.run_panel.progress import run_progress
from tfplay.app.run_panel.records import run_metrics
from tfplay.app.run_panel.samples import answers_view
from tfplay.baselines import verdict
from tfplay.store import Model, Run, Status, plan_snapshots
from tfplay.store.snapshots import MAX_BYTES

STATE_BADGES = {
    "queued": ("waiting", ":material/schedule:", "gray"),
    "running": ("training", ":material/model_training:", "blue"),
    "stopping": ("stopping", ":material/stop_circle:", "orange"),
    "done": ("done", ":material/check:", "green"),
    "stopped": ("stopped", ":material/stop_circle:", "green"),
    "failed": ("failed", ":material/error:", "red"),
    "lost": ("lost", ":material/error:", "red"),
}
LOG_LINES = 30
LOG_BYTES = 20_000


def run_view(run: Run) -> None:
    """The run's progress, charts, answers and result; it follows a training that goes on by itself.

    Its owner can stop it, and resume it after an interruption.
    """
    is_active = run.status().is_active
    fragment(_run_view, run_every=1.0 if is_active else None)(run, is_active)


@errors_shown(then_stop=False)
def _run_view(run: Run, was_active: bool) -> None:
    status = run.status()
    if was_active != status.is_active:
        st.rerun()  # the whole page, which then asks every second, or no longer does
    state_badge(status, has_learned=_has_learned(run))
    if run.recipe.start:
        st.caption(f"Started from {plain(run.recipe.start.text())}.")
    if status.is_active:
        run_progress(run, status)
    elif status.state in ("failed", "lost"):
        _failure(run, status)
    else:
        known = status.message.removesuffix("."), status.device, status.precision
        st.markdown(plain(" · ".join(filter(None, known))))
        if status.result:  # none if it was stopped before there was a model
            result_metrics(run, status)
            _baselines(run.recipe.task, status.result)
            _forgetting(status.result)
            _missing_snapshots(run)
        if run.is_usable:
            model_links(run.model)
    if is_mine(run):
        _controls(run, status)
    if status.reading:
        st.caption(plain(status.reading))
    run_charts(run)
    answers_view(run, status.is_active)


def state_badge(status: Status, has_learned: bool = True) -> None:
    """The run's state in a word; not in green if nothing was learned that holds for new texts."""
    label, icon, color = STATE_BADGES[status.state]
    if color == "green" and not has_learned:
        label, icon, color = f"{label}, nothing learned", ":material/warning:", "orange"
    st.badge(label, icon=icon, color=color)


def _has_learned(run: Run) -> bool:
    """Whether the validation loss fell at all, as far as it was measured more than once."""
    losses = [row["validation_loss"] for row in run_metrics(run)]
    losses = [loss for loss in losses if loss is not None]
    return len(losses) < 2 or min(losses) < losses[0]


def model_links(model: Model) -> None:
    """The pages on which a model can be used and looked into."""
    use = pages.page_of(model.task)
    query = {"run": model.id}
    with st.container(horizontal=True, width="content"):
        st.page_link(use, icon=":material/arrow_forward:", query_params=query)
        st.page_link(pages.ATTENTION, icon=":material/grid_on:", query_params=query)
        if model.steps():
            st.page_link(pages.LEARNED, icon=":material/insights:", query_params=query)
        st.page_link(pages.BREAK_IT, icon=":material/build:", query_params=query)


def result_metrics(run: Run, status: Status) -> None:
    """What came of the run, in numbers."""
    shown = {
        measure.title: format(status.result[key], measure.form)
        for key, measure in MEASURES.items()
        if status.result.get(key) is not None
    }
    metrics_row({"Parameters": f"{run.config.parameters:,}", **shown})


def _baselines(task: str, result: dict[str, Any]) -> None:
    """What simpler methods reach on the same examples, and whether the model is worth it."""
    told = verdict(task, result)
    if told is None:
        return
    is_worth_it = told.startswith("Worth it")
    (st.success if is_worth_it else st.warning)(
        plain(told), icon=":material/balance:" if is_worth_it else ":material/lightbulb:"
    )
    with st.expander("Without a network, on the same examples", icon=":material/balance:"):
        st.dataframe(
            [
                {"Method": each["name"], **_shown_scores(each)}
                for each in [{"name": "This model", **result}, *result["baselines"]]
            ],
            hide_index=True,
        )


def _shown_scores(scores: dict[str, Any]) -> dict[str, str]:
    """The scores that are those of a task, as they are written."""
    return {
        MEASURES[key].title: format(scores[key], MEASURES[key].form)
        for key in SCORES
        if scores.get(key) is not None
    }


def _forgetting(result: dict[str, Any]) -> None:
    """What is left of what the model could do before it was trained further."""
    if (data := result.get("old_data")) is None:
        return
    before, after = result["old_loss_before"], result["old_loss_after"]
    change = f"{after - before:+.3f} is what it forgot" if after > before else "it forgot nothing"
    st.caption(
        f"On {plain(data)} the loss of what it started from was {before:.3f} nats, and with the "
        f"weights it has now it is {after:.3f}: {change}, as far as these can tell."
    )


def _missing_snapshots(run: Run) -> None:
    """Says so if the model was too large to keep weights along the way."""
    training, parameters = run.recipe.training, run.config.parameters
    if training.snapshots and not plan_snapshots(training.steps, parameters, training.snapshots):
        st.caption(
            f"No weights were kept along the way: two snapshots of {parameters:,} parameters "
            f"have more than {MAX_BYTES // 10**6} MB."
        )


def _failure(run: Run, status: Status) -> None:
    """Why it ended, what can be done now, and the last of what its process printed."""
    st.error(plain(status.message), icon=":material/error:")
    log = run.path / "log.txt"
    if is_mine(run) and log.exists():
        with st.expander("What its process printed last", icon=":material/article:"):
            st.code("\n".join(_last_lines(log)), language=None, wrap_lines=True)


def _last_lines(log: Path) -> list[str]:
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - LOG_BYTES))
        text = stream.read().decode("utf-8", errors="replace")
    return text.splitlines()[-LOG_LINES:]


def _controls(run: Run, status: Status) -> None:
    """Stop for what has not ended, resume for what can go on."""
    if status.is_active:
        waits = status.state == "queued"
        label = "Do not train it" if waits else "Stop and keep what was learned"
        is_stopping = status.state == "stopping"
        if st.button(label, icon=":material/stop_circle:", disabled=is_stopping, key="stop run"):
            with errors_shown():
                require_mine(run)
                jobs.stop(run)
            st.rerun()
    elif jobs.can_resume(run):
        st.caption("It can go on from its last checkpoint, a little before it ended.")
        if st.button("Resume", icon=":material/play_arrow:", key="resume run"):
            with errors_shown():
                require_mine(run)
                jobs.resume(run)
            st.rerun()
