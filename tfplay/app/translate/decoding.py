"""How the tokens of a translation are chosen."""

import streamlit as st

from tfplay.app.frame.state import kept_number, kept_setting
from tfplay.app.model.decoding_settings import choose_numbers
from tfplay.config import DecodingConfig
from tfplay.store import Model

STRATEGIES = {"greedy": "Greedy", "sampling": "Sampling", "beam": "Beam search"}


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
        "decoding for translation",
    )
    changes = {"sampling": _choose_sampling, "beam": _choose_beams}.get(strategy, dict)()
    longest = model.config.max_sequence_length
    return DecodingConfig(strategy, max_new_tokens=longest, **changes)


def _choose_beams() -> dict[str, int]:
    limits = {"low": 2, "high": 12, "usual": 4, "step": 1}
    key = "beams for translation"
    return {"num_beams": kept_number("Beams", **limits, name="beams", key=key, width=240)}


def _choose_sampling() -> dict[str, float]:
    usual = {"temperature": 0.8, "top_k": 0, "top_p": 1.0, "seed": 0}
    above_zero = {"low": 0.05, "help": None}  # 0 would be greedy
    with st.popover("How it draws", icon=":material/tune:"):
        return choose_numbers(usual, of="translation", temperature=above_zero)
