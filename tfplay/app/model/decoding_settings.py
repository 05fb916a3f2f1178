"""How the next token is chosen: what a visitor sets wherever a model writes."""

from functools import partial

import streamlit as st

from tfplay.app.frame.state import kept_number
from tfplay.config import DecodingConfig
from tfplay.store import Model


def choose_decoding(model: Model) -> DecodingConfig:
    """Lets the visitor choose how the next token is chosen; it is kept in the page's address.

    A chat model begins greedily, since it answers questions; a language model by sampling, since
    it would repeat itself.
    """
    number = partial(kept_number, of=model.task)
    temperature = number(
        "Temperature",
        low=0.0,
        high=2.0,
        usual=0.0 if model.task == "chat" else 0.8,
        step=0.05,
        name="temperature",
        help="0 always takes the likeliest token.",
    )
    top_k = number(
        "Top k",
        low=0,
        high=200,
        usual=40,
        step=1,
        name="top_k",
        help="Only the k likeliest tokens; 0 is all.",
    )
    top_p = number(
        "Top p",
        low=0.05,
        high=1.0,
        usual=1.0,
        step=0.05,
        name="top_p",
        help="Only the likeliest that add up to p; 1 is all.",
    )
    max_new_tokens = number(
        "Longest answer, in tokens", low=8, high=512, usual=120, step=8, name="longest"
    )
    seed = number(
        "Seed",
        low=0,
        high=2**31 - 1,
        usual=0,
        step=1,
        name="seed",
        draw=st.number_input,
        help="The same seed gives the same answer.",
    )
    strategy = "sampling" if temperature else "greedy"
    return DecodingConfig(strategy, max_new_tokens, temperature or 1.0, top_k, top_p, seed=seed)
