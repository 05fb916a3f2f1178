"""The step slider: a run's model as it was after some step of its training."""

import streamlit as st

from tfplay.app.frame.state import whole_number
from tfplay.store import Run


def choose_step(run: Run) -> int | None:
    """Lets the visitor choose how far the model is trained; it is not trained again.

    The choice is kept in the page's address, `?step=...`, and follows the visitor to other pages.
    Without it the model is as it ended, or as far as it has come.

    Args:
        run: The run; its snapshots are the steps to choose from.

    Returns:
        One of `run.snapshot_steps()`; `None`, and no slider, where there are none.
    """
    steps = run.snapshot_steps()
    if not steps:
        st.query_params.pop("step", None)  # it is of another run
        return None
    if len(steps) == 1:
        return steps[0]
    remembered = st.session_state.setdefault("steps", {})
    wanted = whole_number(st.query_params.get("step", remembered.get(run.id, "")))
    chosen = steps[-1] if wanted is None else _nearest(steps, wanted)
    key = f"step of {run.id}"
    st.session_state[key] = chosen
    st.select_slider(
        "Training step",
        steps,
        key=key,
        format_func="{:,}".format,
        on_change=lambda: _keep(run, st.session_state[key], steps[-1]),
        help="Everything on this page is done by the model as it was after this step of its "
        "training; step 0 is before the first. Most happens early, so the steps lie closer there.",
    )
    _keep(run, chosen, steps[-1])
    return chosen


def _nearest(steps: list[int], wanted: int) -> int:
    return min(steps, key=lambda step: abs(step - wanted))


def _keep(run: Run, chosen: int, last: int) -> None:
    """Remembers a step in the address and for other pages; the last is what is shown without."""
    if chosen == last:
        st.query_params.pop("step", None)
        st.session_state["steps"].pop(run.id, None)
    else:
        st.query_params["step"] = st.session_state["steps"][run.id] = str(chosen)
