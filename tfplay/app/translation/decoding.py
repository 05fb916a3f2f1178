"""How the tokens of a translation are chosen."""

import streamlit as st

from tfplay.app.widget_state import begin_with
from tfplay.config import DecodingConfig
from tfplay.store import Run

STRATEGIES = {"greedy": "Greedy", "sampling": "Sampling", "beam": "Beam search"}


def choose_strategy(run: Run) -> DecodingConfig:
    """Lets the visitor choose a strategy, and what it needs to know."""
    strategy = st.segmented_control(
        "Decoding",
        list(STRATEGIES),
        required=True,
        format_func=STRATEGIES.get,
        key=begin_with("strategy", "greedy"),
        help="Greedy takes the likeliest token each time. Sampling draws one by its probability. "
        "Beam search follows several translations at once and keeps those that are likeliest as "
        "a whole.",
    )
    changes = {"sampling": _choose_sampling, "beam": _choose_beams}.get(strategy, dict)()
    longest = run.model_config().max_sequence_length
    return DecodingConfig(strategy, max_new_tokens=longest, **changes)


def _choose_beams() -> dict[str, int]:
    key = begin_with("beams of the translation", 4)
    return {"num_beams": st.slider("Beams", 2, 12, key=key, width=240)}


def _choose_sampling() -> dict[str, float]:
    with st.popover("How it draws", icon=":material/tune:"):
        return {
            "temperature": st.slider("Temperature", 0.05, 2.0, 0.8, 0.05),
            "top_k": st.slider("Top k", 0, 200, 0, help="Only the k likeliest tokens; 0 is all."),
            "top_p": st.slider(
                "Top p", 0.05, 1.0, 1.0, 0.05, help="Only the likeliest that add up to p."
            ),
            "seed": st.number_input(
                "Seed", 0, 2**31 - 1, 0, key="seed", help="The same seed draws the same again."
            ),
        }
