"""The step slider: a model as it was after some step of its training."""

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked, tell_missing, write_address
from tfplay.app.frame.state import whole_number
from tfplay.store import Model


def choose_step(model: Model) -> Model:
    """Lets the visitor choose how far the model is trained; it is not trained again.

    The choice is kept in the page's address, `?step=...`, and follows the visitor to other pages.
    Without it the model is as it ended, or as far as it has come.

    Args:
        model: The model; its snapshots are the steps to choose from.

    Returns:
        The model as it was then; where there are no steps, as it is, and without a slider.
    """
    steps = model.steps()
    if not steps:
        write_address("step", None)  # it is of another model
        return model
    if len(steps) == 1:
        return model.at(steps[0])
    wanted_step(model)
    key = _key(model)
    st.select_slider(
        "Training step",
        steps,
        key=key,
        format_func="{:,}".format,
        help="Everything on this page is done by the model as it was after this step of its "
        "training; step 0 is before the first. Most happens early, so the steps lie closer there.",
    )
    return model.at(keep_linked("step", key, steps[-1]))


def wanted_step(model: Model) -> int:
    """The step that the address or another page asks for, or the last; of a model that has some."""
    steps = model.steps()

    def nearest(text: str) -> int:
        wanted = whole_number(text)
        if wanted not in steps:
            tell_missing("step", text)
        return min(steps, key=lambda step: abs(step - wanted))

    return st.session_state[begin_linked("step", _key(model), steps[-1], nearest, steps)]


def _key(model: Model) -> str:
    return f"step of {model.id}"
