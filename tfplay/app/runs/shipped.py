"""The models that came with TFPlay."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.run_panel.measures import figure_text
from tfplay.app.run_panel.view import model_links
from tfplay.store import Model


def shipped_models(models: Sequence[Model]) -> None:
    """Each model that came with TFPlay: what it can do, and its card."""
    for model in models:
        with st.container(border=True), errors_shown(then_stop=False):
            _shipped_model(model)


def _shipped_model(model: Model) -> None:
    st.text(model.title)
    weights = model.weights_path
    size = weights.stat().st_size if weights.exists() else 0
    figures = [f"{name} {figure_text(value)}" for name, value in model.figures().items()]
    st.caption(
        plain(" · ".join([f"{model.parameters:,} parameters", f"{size / 1e6:.1f} MB", *figures]))
    )
    if model.is_usable:
        model_links(model)
    place = st.expander(
        "Model card",
        icon=":material/description:",
        key=f"card of {model.id}",
        on_change="rerun",  # ten cards that nobody opened took a browser long to draw
    )
    if place.open:
        place.markdown(model.card())
