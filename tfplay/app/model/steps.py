"""The step slider: a model as it was after some step of its training."""

import streamlit as st

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
        st.query_params.pop("step", None)  # it is of another model
        return model
    if len(steps) == 1:
        return model.at(steps[0])
    chosen = wanted_step(model)
    key = f"step of {model.id}"
    st.session_state[key] = chosen
    st.select_slider(
        "Training step",
        steps,
        key=key,
        format_func="{:,}".format,
        on_change=lambda: _keep(model, st.session_state[key], steps[-1]),
        help="Everything on this page is done by the model as it was after this step of its "
        "training; step 0 is before the first. Most happens early, so the steps lie closer there.",
    )
    _keep(model, chosen, steps[-1])
    return model.at(chosen)


def wanted_step(model: Model) -> int:
    """The step that the address or another page asks for, or the last; of a model that has some."""
    steps, remembered = model.steps(), st.session_state.setdefault("steps", {})
    wanted = whole_number(st.query_params.get("step", remembered.get(model.id, "")))
    return steps[-1] if wanted is None else _nearest(steps, wanted)


def _nearest(steps: list[int], wanted: int) -> int:
    return min(steps, key=lambda step: abs(step - wanted))


def _keep(model: Model, chosen: int, last: int) -> None:
    """Remembers a step in the address and for other pages; the last is what is shown without."""
    if chosen == last:
        st.query_params.pop("step", None)
        st.session_state["steps"].pop(model.id, None)
    else:
        st.query_params["step"] = st.session_state["steps"][model.id] = str(chosen)
