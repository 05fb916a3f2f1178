"""Runs side by side: their losses, what came of each, and the models that came with TFPlay."""

from collections.abc import Sequence

import streamlit as st

from tfplay import figures
from tfplay.app import navigation as pages
from tfplay.app.layout import errors_shown, metrics_row
from tfplay.app.run_view import result_metrics, run_links, state_badge
from tfplay.app.runs import run_labels
from tfplay.store import Run, delete_run
from tfplay.text.files import read_json, read_utf8

COMPARED_AT_FIRST = 4
KINDS = {"validation_loss": "Validation loss", "loss": "Training loss"}


def compared_losses(runs: Sequence[Run]) -> None:
    """The losses of some of the runs in one figure."""
    labels, by_id = run_labels(runs), {run.id: run for run in runs}
    kind = st.segmented_control(
        "Loss", list(KINDS), default="validation_loss", required=True, format_func=KINDS.get
    )
    compared = st.multiselect(
        "Runs", list(by_id), list(by_id)[:COMPARED_AT_FIRST], format_func=labels.get
    )
    losses = {labels[run_id]: by_id[run_id].metrics() for run_id in compared}
    st.plotly_chart(figures.loss_comparison(losses, kind), alt=f"{KINDS[kind]} of the chosen runs")


def own_runs(runs: Sequence[Run]) -> None:
    """What came of each run, and what can be done with it."""
    labels = run_labels(runs)
    for run in runs:
        with st.container(border=True), errors_shown(then_stop=False):
            _own_run(run, labels[run.id])


def _own_run(run: Run, label: str) -> None:
    status = run.status()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(label)
        state_badge(status)
    if status.result:
        result_metrics(run, status)
    else:
        st.text(status.message)
    with st.container(horizontal=True, vertical_alignment="center"):
        query = {"run": run.id}
        st.page_link(pages.TRAIN, label="Details", icon=":material/info:", query_params=query)
        run_links(run)
        with st.popover("Delete", icon=":material/delete:", disabled=status.is_active):
            st.write("The model, its tokenizer and its data copy will be gone.")
            if st.button("Delete for good", type="primary", key=f"delete {run.id}"):
                delete_run(run)
                st.rerun()


def shipped_models(runs: Sequence[Run]) -> None:
    """Each model that came with TFPlay: what it can do, and its card."""
    for run in runs:
        with st.container(border=True), errors_shown(then_stop=False):
            _shipped_model(run)


def _shipped_model(run: Run) -> None:
    st.text(run.title)
    size = run.model_path.stat().st_size if run.model_path.exists() else 0
    metrics_row(
        {
            "Parameters": f"{run.parameters:,}",
            "Size": f"{size / 1e6:.1f} MB",
            **{name: _figure(value) for name, value in _figures(run).items()},
        }
    )
    run_links(run)
    with st.expander("Model card", icon=":material/description:"):
        _, _, card = read_utf8(run.path / "README.md").partition("\n")  # without its title
        st.markdown(card)


def _figures(run: Run) -> dict[str, float]:
    """What was measured of it on examples that it was not trained on; few have none."""
    path = run.path / "figures.json"
    return read_json(path) if path.exists() else {}


def _figure(value: float) -> str:
    """Shares as percent; perplexity, BLEU and chrF as they are."""
    return f"{value:.1%}" if value <= 1 else f"{value:.1f}"
