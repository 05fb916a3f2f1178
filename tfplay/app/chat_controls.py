"""How the next token is chosen: what a visitor sets wherever a model writes."""

import streamlit as st

from tfplay.config import DecodingConfig
from tfplay.store import Run


def choose_decoding(run: Run) -> DecodingConfig:
    """Lets the visitor choose how the next token is chosen.

    A chat model begins greedily, since it answers questions; a language model by sampling, since
    it would repeat itself.
    """
    task = run.recipe.task
    temperature = st.slider(
        "Temperature",
        0.0,
        2.0,
        0.0 if task == "chat" else 0.8,
        0.05,
        key=f"temperature for {task}",
        help="0 always takes the likeliest token.",
    )
    top_k = st.slider("Top k", 0, 200, 40, help="Only the k likeliest tokens; 0 is all.")
    top_p = st.slider(
        "Top p", 0.05, 1.0, 1.0, 0.05, help="Only the likeliest that add up to p; 1 is all."
    )
    max_new_tokens = st.slider("Longest answer, in tokens", 8, 512, 120, 8)
    seed = st.number_input("Seed", 0, 2**31 - 1, 0, help="The same seed gives the same answer.")
    strategy = "sampling" if temperature else "greedy"
    return DecodingConfig(strategy, max_new_tokens, temperature or 1.0, top_k, top_p, seed=seed)
