"""How the next token is chosen: what a visitor sets wherever a model writes."""

from typing import Any

import streamlit as st

from tfplay.app.frame.state import kept_number
from tfplay.config import DecodingConfig
from tfplay.store import Model

LIMITS: dict[str, dict[str, Any]] = {
    "temperature": {
        "low": 0.0,
        "high": 2.0,
        "step": 0.05,
        "help": "0 always takes the likeliest token.",
    },
    "top_k": {"low": 0, "high": 200, "step": 1, "help": "Only the k likeliest tokens; 0 is all."},
    "top_p": {
        "low": 0.05,
        "high": 1.0,
        "step": 0.05,
        "help": "Only the likeliest that add up to p; 1 is all.",
    },
    "repetition_penalty": {
        "low": 1.0,
        "high": 2.0,
        "step": 0.05,
        "help": "Makes tokens less likely that the model has read or written already; "
        "1 does nothing.",
    },
    "seed": {
        "low": 0,
        "high": 2**31 - 1,
        "step": 1,
        "help": "The same seed gives the same answer again.",
    },
}
"""By the setting's name in `DecodingConfig`."""


def choose_decoding(model: Model) -> DecodingConfig:
    """Lets the visitor choose how the next token is chosen; it is kept in the page's address.

    A chat model begins greedily, since it answers questions; a language model by sampling, since
    it would repeat itself.
    """
    task = model.task
    usual = {"temperature": 0.0 if task == "chat" else 0.8, "top_k": 40, "top_p": 1.0}
    chosen = choose_numbers(usual, of=task)
    limits = {"low": 8, "high": 512, "usual": 120, "step": 8}
    longest = kept_number(
        "Longest answer, in tokens", **limits, name="longest", key=f"longest for {task}"
    )
    chosen |= choose_numbers({"seed": 0}, of=task)
    if not chosen["temperature"]:
        return DecodingConfig("greedy", longest, **chosen | {"temperature": 1.0})
    return DecodingConfig("sampling", longest, **chosen)


def choose_numbers(usual: dict[str, float], of: str, **changes: Any) -> dict[str, float]:
    """Sliders for settings of `LIMITS`, and a field for the seed; the address keeps them.

    Args:
        usual: What each begins with; it names the settings.
        of: Whose settings they are; those of another are kept apart.
        **changes: Of a setting's limits, by its name.
    """
    return {
        name: kept_number(
            name.replace("_", " ").capitalize(),
            **LIMITS[name] | changes.get(name, {}),
            usual=value,
            name=name,
            draw=st.number_input if name == "seed" else st.slider,
            key=f"{name} for {of}",
        )
        for name, value in usual.items()
    }
