"""A run as it stands: live while it trains, with what came of it and where to go afterwards."""

import streamlit as st

from tfplay import figures, jobs
from tfplay.app import navigation as pages
from tfplay.app.layout import metrics_row, plain
from tfplay.app.task_views import TASK_VIEWS
from tfplay.store import Run, Status

STATE_BADGES = {
    "queued": ("waiting", ":material/schedule:", "gray"),
    "running": ("training", ":material/model_training:", "blue"),
    "stopping": ("stopping", ":material/stop_circle:", "orange"),
    "done": ("done", ":material/check:", "green"),
    "stopped": ("stopped, kept", ":material/stop_circle:", "green"),
    "failed": ("failed", ":material/error:", "red"),
    "lost": ("lost", ":material/error:", "red"),
}


def run_view(run: Run) -> None:
    """The run's progress, losses and result; it follows a training that goes on by itself."""
    is_active = run.status().is_active
    st.fragment(_run_view, run_every=1.0 if is_active else None)(run, is_active)


def _run_view(run: Run, was_active: bool) -> None:
    status = run.status()
    if was_active and not status.is_active:
        st.rerun()  # the whole page, which then no longer asks every second
    state_badge(status)
    if status.state in ("failed", "lost"):
        st.error(plain(status.message), icon=":material/error:")
    elif status.is_active:
        _progress(run, status)
    else:
        st.markdown(plain(status.message))
        result_metrics(run, status)
        run_links(run)
    metrics = run.metrics()
    if metrics:
        alt = "Training and validation loss over the steps"
        st.plotly_chart(figures.loss_chart(metrics), key="losses", alt=alt)


def state_badge(status: Status) -> None:
    """The run's state in a word."""
    label, icon, color = STATE_BADGES[status.state]
    st.badge(label, icon=icon, color=color)


def run_links(run: Run) -> None:
    """The pages on which the run's model can be used and looked into."""
    if not run.is_usable:
        return
    use = TASK_VIEWS[run.recipe.task].page
    query = {"run": run.id}
    with st.container(horizontal=True, width="content"):
        st.page_link(use, icon=":material/arrow_forward:", query_params=query)
        st.page_link(pages.ATTENTION, icon=":material/grid_on:", query_params=query)


# Name, key in the result, how it is written.
_RESULT_FIGURES = (
    ("Training loss", "train_loss", ".3f"),
    ("Validation loss", "validation_loss", ".3f"),
    ("Perplexity", "perplexity", ".2f"),
    ("BLEU", "bleu", ".1f"),
    ("chrF", "chrf", ".1f"),
    ("Exact match", "exact_match", ".1%"),
    ("Accuracy", "accuracy", ".1%"),
    ("F1", "f1", ".1%"),
    ("Macro F1", "macro_f1", ".1%"),
    ("Tokens per second", "tokens_per_second", ",.0f"),
)


def result_metrics(run: Run, status: Status) -> None:
    """What came of the run, in numbers."""
    known = {name: (status.result.get(key), form) for name, key, form in _RESULT_FIGURES}
    shown = {
        name: format(value, form) for name, (value, form) in known.items() if value is not None
    }
    metrics_row({"Parameters": f"{run.parameters:,}", **shown})


def _progress(run: Run, status: Status) -> None:
    now = status.progress
    if now is None:
        st.progress(0.0, plain(status.message))
    else:
        text = f"Step {now['step']:,} of {now['steps']:,}"
        if now["remaining_seconds"]:  # not known at first
            text += f" · about {_duration(now['remaining_seconds'])} left"
        st.progress(now["step"] / now["steps"], text)
        losses = [row["validation_loss"] for row in run.metrics()]
        validated = [loss for loss in losses if loss is not None]
        metrics_row(
            {
                "Training loss": f"{now['loss']:.3f}",
                "Validation loss": f"{validated[-1]:.3f}" if validated else "–",
                "Tokens per second": f"{now['tokens_per_second']:,.0f}",
                "Learning rate": f"{now['learning_rate']:.2g}",
            }
        )
    if st.button(
        "Stop and keep what was learned",
        icon=":material/stop_circle:",
        disabled=status.state == "stopping",
    ):
        jobs.stop(run)
        st.rerun(scope="fragment")


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
