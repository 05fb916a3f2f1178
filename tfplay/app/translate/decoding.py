"""How the tokens of a translation are chosen."""

from functools import partial

import streamlit as st

from tfplay.app.frame.state import kept_number, kept_setting
from tfplay.config import DecodingConfig
from tfplay.store import Model

STRATEGIES = {"greedy": "Greedy", "sampling": "Sampling", "beam": "Beam search"}

_number = partial(kept_number, of="translation")


def choose_strategy(model: Model) -> DecodingConfig:
    """Lets the visitor choose a strategy, and what it needs to know; the address keeps both."""
    strategy = kept_setting(
        "decoding",
        "greedy",
        STRATEGIES.__contains__,
        lambda key: st.segmented_control(
            "Decoding",
            list(STRATEGIES),
            required=True,
            format_func=STRATEGIES.get,
            key=key,
            help="Greedy takes the likeliest token each time. Sampling draws one by its "
            "probability. Beam search follows several translations at once and keeps those that "
            "are likeliest as a whole.",
        ),
        of="translation",
    )
    changes = {"sampling": _choose_sampling, "beam": _choose_beams}.get(strategy, dict)()
    longest = model.config.max_sequence_length
    return DecodingConfig(strategy, max_new_tokens=longest, **changes)


def _choose_beams() -> dict[str, int]:
    return {"num_beams": _number("Beams", low=2, high=12, usual=4, step=1, name="beams", width=240)}


def _choose_sampling() -> dict[str, float]:
    with st.popover("How it draws", icon=":material/tune:"):
        return {
            "temperature": _number(
                "Temperature", low=0.05, high=2.0, usual=0.8, step=0.05, name="temperature"
            ),
            "top_k": _number(
                "Top k",
                low=0,
                high=200,
                usual=0,
                step=1,
                name="top_k",
                help="Only the k likeliest tokens; 0 is all.",
            ),
            "top_p": _number(
                "Top p",
                low=0.05,
                high=1.0,
                usual=1.0,
                step=0.05,
                name="top_p",
                help="Only the likeliest that add up to p.",
            ),
            "seed": _number(
                "Seed",
                low=0,
                high=2**31 - 1,
                usual=0,
                step=1,
                name="seed",
                draw=st.number_input,
                help="The same seed draws the same again.",
            ),
        }
