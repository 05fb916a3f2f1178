"""One model: what it is, what it is made of, where it can be used."""

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, metrics_row, plain
from tfplay.app.model.drawing import architecture_label, architecture_shapes
from tfplay.app.models.away import away_view
from tfplay.app.models.controls import model_controls
from tfplay.app.models.facts import ORIGINS, float32_bytes, megabytes, task_title
from tfplay.app.models.uses import reasons_against, uses_of
from tfplay.app.run_panel.measures import figure_text
from tfplay.app.run_panel.view import result_metrics
from tfplay.app.widgets.diagram import diagram
from tfplay.config import ModelConfig
from tfplay.store import Model, open_run


def model_view(model: Model) -> None:
    """Everything about a model, without loading it."""
    with st.container(border=True), errors_shown(then_stop=False):
        st.subheader(plain(model.title), anchor=False)
        known = [task_title(model), model.config.architecture, model.licence, ORIGINS[model.origin]]
        st.caption(plain(" · ".join(filter(None, known))))
        unit = "tokens" if model.reads_text else "patches"
        metrics_row(
            {
                "Parameters": f"{model.parameters:,}",
                "Memory as loaded": megabytes(float32_bytes(model)),
                "Context": f"{model.config.max_sequence_length:,} {unit}",
            }
        )
        _figures(model)
        _uses(model)
        with st.container(horizontal=True):
            model_controls(model)
        away_view(model)
        is_broad = model.config.architecture == "encoder-decoder"
        left, right = st.columns([1, 1] if is_broad else [2, 3], gap="large")
        with left:
            _drawing(model)
        with right, errors_shown(then_stop=False):
            _card(model)


def _figures(model: Model) -> None:
    """What it reaches on text of its own kind and on real text, side by side."""
    real = model.trust_record().get("real")
    if real:
        name, own = next(iter(model.figures().items()))
        metrics_row(
            {
                f"{name}, own kind of text": figure_text(own),
                f"{real['metric']}, {real['data']}": figure_text(real["score"]),
            }
        )


def _uses(model: Model) -> None:
    """Links to the pages that can use it, and why the others cannot."""
    with st.container(horizontal=True):
        for use in uses_of(model):
            st.page_link(use.page, label=use.action, icon=use.icon, query_params={"run": model.id})
    if reasons := reasons_against(model):
        st.caption(" ".join(reasons))


def _card(model: Model) -> None:
    """What whoever made it says of it, or what came of its training here."""
    if model.origin != "trained":
        st.markdown(model.card())
        return
    run = open_run(model.path)
    if (status := run.status()).result:
        result_metrics(run, status)
    st.markdown(f"Trained here on {run.created:%d %B %Y}, on {plain(run.recipe.data_name)}.")
    st.page_link(
        pages.TRAIN,
        label="See its training",
        icon=":material/stacked_line_chart:",
        query_params={"run": run.id},
    )


def _drawing(model: Model) -> None:
    label = f"{architecture_label(model)}."
    diagram(*architecture_shapes(model.config), label, key=f"{model.id} drawn")
    st.caption(f"{plain(label)} Read it from the bottom up. {_left_out(model.config)}")


def _left_out(config: ModelConfig) -> str:
    """What has parameters and is not drawn."""
    parts = [] if config.normalization == "none" else ["norms"]
    if config.position == "relative":
        parts.append("relative positions")
    return f"The {' and '.join(parts)} between are not drawn." if parts else ""
