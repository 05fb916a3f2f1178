"""The models that came with TFPlay."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.run_panel.view import run_links
from tfplay.store import Run
from tfplay.text.files import read_json, read_utf8


def shipped_models(runs: Sequence[Run]) -> None:
    """Each model that came with TFPlay: what it can do, and its card."""
    for run in runs:
        with st.container(border=True), errors_shown(then_stop=False):
            _shipped_model(run)


def _shipped_model(run: Run) -> None:
    st.text(run.title)
    size = run.model_path.stat().st_size if run.model_path.exists() else 0
    figures = [f"{name} {_figure(value)}" for name, value in _figures(run).items()]
    st.caption(
        plain(" · ".join([f"{run.parameters:,} parameters", f"{size / 1e6:.1f} MB", *figures]))
    )
    run_links(run)
    place = st.expander(
        "Model card",
        icon=":material/description:",
        key=f"card of {run.id}",
        on_change="rerun",  # ten cards that nobody opened took a browser long to draw
    )
    if place.open:
        _, _, card = read_utf8(run.path / "README.md").partition("\n")  # without its title
        place.markdown(card)


def _figures(run: Run) -> dict[str, float]:
    """What was measured of it on examples that it was not trained on; few have none."""
    path = run.path / "figures.json"
    return read_json(path) if path.exists() else {}


def _figure(value: float) -> str:
    """Shares as percent; perplexity, BLEU and chrF as they are."""
    return f"{value:.1%}" if value <= 1 else f"{value:.1f}"
