"""A slider whose value arrives while it is moved."""

import streamlit as st

from tfplay.app.widgets.component import load_component


def live_slider(label: str, low: float, high: float, *, step: float, key: str, help: str) -> float:
    """Shows a slider and returns its value.

    `st.slider` waits until it has rested for 200 ms; this is for what should follow the hand.

    Args:
        label: What is set.
        low: The least value.
        high: The greatest.
        step: What an arrow key adds; an int for whole numbers.
        key: Its value is `st.session_state[key]`, which must be there.
        help: Stands below it.
    """
    value, slider = st.session_state[key], f"{key} slider"

    def keep() -> None:
        st.session_state[key] = type(step)(st.session_state[slider]["value"])

    load_component(__file__)(
        key=slider,
        data={
            "label": label,
            "help": help,
            "min": low,
            "max": high,
            "step": step,
            "decimals": 0 if isinstance(step, int) else 2,
            "value": value,
        },
        on_value_change=keep,
    )
    return value
