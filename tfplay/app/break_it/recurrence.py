"""A transformer beside a recurrent network of its size: three claims, and what was measured."""

import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.model.model_code import load_model_code
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.experiments.recurrence import STEPS, RecurrenceResult, findings, shipped_result
from tfplay.hosting import is_hosted

_MEASURED = "recurrence measured here"


def recurrence_view() -> None:
    """What was measured, here or before TFPlay was given away; it can be measured anew."""
    result = st.session_state.get(_MEASURED) or shipped_result()
    shown = ""
    if result and _MEASURED not in st.session_state:
        shown = f" Shown is a training **that came with TFPlay**, of {result.made}."
    st.caption(
        "Random symbols are said, then asked for **backwards**: the last one first, so that each "
        "comes back at another distance. A transformer and a GRU with as many parameters learn it "
        f"from the same sequences in the same order.{shown}"
    )
    if result:
        _show(result)
    else:
        st.info("This was **not trained yet**: train it here.")
    if is_hosted():
        st.caption("It trains in the server itself, so not where strangers share a server.")
    elif st.button("Train both again here", icon=":material/replay:"):
        with errors_shown():
            st.session_state[_MEASURED] = _measure()
        st.rerun()


def _measure() -> RecurrenceResult:
    """Trains both in this process; the page runs again, and so ends it, if it is cancelled."""
    load_model_code()
    from tfplay.experiments.recurrence.measuring import measure_recurrence
    from tfplay.experiments.recurrence.recall import RecallTask

    place = st.progress(0.0, "Building the transformer …")
    st.button("Cancel", icon=":material/stop_circle:")
    return measure_recurrence(
        RecallTask(), STEPS, lambda what, share: place.progress(share, f"{what} …")
    )


def _show(result: RecurrenceResult) -> None:
    recall = {name: each.recall[-1] for name, each in result.networks.items()}
    gradients = {name: each.gradients for name, each in result.networks.items()}
    left, right = st.columns(2)
    with left:
        st.markdown("##### Recall by distance")
        lines = {name: (result.distances, values) for name, values in recall.items()}
        chart = figures.curves(lines, "tokens ago", "share of answers that are right")
        show_chart(chart, key="recall", alt="Share of right answers by distance")
    with right:
        st.markdown("##### Gradient by distance, before training")
        lines = {name: (result.distances, values) for name, values in gradients.items()}
        chart = figures.curves(lines, "tokens back", "gradient norm", powers=True)
        show_chart(chart, key="gradient by distance", alt="Gradient norm by distance")
    with st.container(border=True, key="finding"):
        for each in findings(result):
            told = f"**{each.claim}**: {each.verdict}. {plain(each.sentence)}"
            show_words(told, f"finding {each.claim}")
        show_words(_source(result), "source", st.caption)
    left, right = st.columns(2)
    with left:
        st.markdown("##### Learning to recall")
        lines = {
            name: (each.steps, [sum(shares) / len(shares) for shares in each.recall])
            for name, each in result.networks.items()
        }
        chart = figures.curves(lines, "training step", "share of answers that are right")
        show_chart(chart, key="learning", alt="Share of right answers over the training steps")
    with right:
        st.markdown("##### Time per token in training")
        lines = {
            name: (
                list(each.token_seconds),
                [seconds * 1e6 for seconds in each.token_seconds.values()],
            )
            for name, each in result.networks.items()
        }
        chart = figures.curves(lines, "tokens of a sequence", "µs a token")
        show_chart(chart, key="time", alt="Time per token by the length of a sequence")


def _source(result: RecurrenceResult) -> str:
    sizes = " and ".join(
        f"a {name} of {each.parameters:,} parameters" for name, each in result.networks.items()
    )
    settings = result.settings
    is_shipped = _MEASURED not in st.session_state
    made = "**Came with TFPlay** and was really trained" if is_shipped else "**Trained here**"
    return (
        f"{made}: {sizes}, {settings['steps']:,} steps each with {settings['batch_size']} "
        f"sequences, from seed {settings['seed']}, on {result.made}, {plain(result.device)}, as by "
        "`python -m tfplay experiments train recurrence --again`."
    )
