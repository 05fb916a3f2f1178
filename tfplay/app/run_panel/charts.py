"""A run's metrics over its steps: loss, scores, gradient and learning rate."""

import streamlit as st

from tfplay import figures
from tfplay.app.frame.state import choose_one
from tfplay.app.run_panel.records import Rows, run_metrics
from tfplay.app.widgets.chart import show_chart
from tfplay.store import Run

SCORE_NAMES = {
    "bleu": "BLEU",
    "chrf": "chrF",
    "f1": "F1",
    "macro_f1": "Macro F1",
    "exact_match": "Exact match",
    "perplexity": "Perplexity",
    "precision": "Precision",
    "recall": "Recall",
    "accuracy": "Accuracy of answers",
}
PER_TOKEN = "Accuracy"


def run_charts(run: Run) -> None:
    """Two charts beside each other where the screen is wide, four in all."""
    rows = run_metrics(run)
    if not rows:
        return
    for charts in ((_loss, _gradient), (_scores, _learning_rate)):
        for column, chart in zip(st.columns(2), charts, strict=True):
            with column:
                chart(rows)


def _loss(rows: Rows) -> None:
    st.markdown("**Loss**")
    alt = "Training and validation loss over the steps"
    show_chart(figures.loss_chart(rows), key="losses", alt=alt)


def _gradient(rows: Rows) -> None:
    measured = [row for row in rows if row.get("gradient_norms")]
    if measured:
        st.markdown("**Length of the gradient in each part of the model**")
        alt = "Gradient norm of each part of the model over the steps"
        show_chart(figures.gradient_map(measured), key="gradients", alt=alt)


def _scores(rows: Rows) -> None:
    scored = [{"step": row["step"], **row["scores"]} for row in rows if row.get("scores")]
    known = [key for key in SCORE_NAMES if scored and key in scored[-1]]
    names = [*(SCORE_NAMES[key] for key in known), PER_TOKEN]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Scores**", width="content")
        chosen = choose_one(
            *("Score", names, names[0], "score shown", st.selectbox, "score"),
            label_visibility="collapsed",
            width=220,
        )
    if chosen == PER_TOKEN:
        keys = {"training": "accuracy", "validation": "validation_accuracy"}
        figure = figures.metric_chart(rows, keys, ".0%")
        about = "Share of labels predicted right, given all that comes before each."
    else:
        key = next(key for key in known if SCORE_NAMES[key] == chosen)
        figure = figures.metric_chart(scored, {chosen: key})
        about = "Of a few validation examples, the same each time."
    show_chart(figure, key="scores", alt=f"{chosen} over the steps")
    st.caption(about)


def _learning_rate(rows: Rows) -> None:
    st.markdown("**Learning rate**")
    figure = figures.metric_chart(rows, {"learning rate": "learning_rate"}, ".2~g")
    show_chart(figure, key="learning rate", alt="Learning rate over the steps")
