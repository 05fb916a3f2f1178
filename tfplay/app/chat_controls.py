"""What a visitor sets for a chat: the system message, how tokens are chosen, a first message."""

import streamlit as st

from tfplay.app.examples import run_examples
from tfplay.app.layout import plain
from tfplay.config import DecodingConfig
from tfplay.store import Run

SYSTEM_MESSAGES = (
    "You are a math teacher.",
    "You are a pirate.",
    "Answer in one word.",
    "Answer in capital letters.",
)
"""What the shipped chat model has learned to obey; others are free to try."""


def choose_system_message(run: Run) -> str:
    """Lets the visitor choose a system message or write one; empty is none."""
    chosen = st.selectbox(
        "System message",
        SYSTEM_MESSAGES if run.recipe.task == "chat" else (),
        index=None,
        placeholder="None",
        accept_new_options=True,
        key=f"system for {run.recipe.task}",
        help="Tells the model who it is or how to answer; it stands before the conversation. "
        "Choose one or write your own.",
    )
    return chosen or ""


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


def suggestions(run: Run) -> None:
    """Buttons with what one might say first."""
    texts = [text for text in run_examples(run) if isinstance(text, str)]
    if texts:
        st.caption("You might begin with:")
    with st.container(horizontal=True, gap="small"):
        for number, text in enumerate(texts):
            st.button(
                plain(text),
                key=f"suggestion {number} of {run.id}",
                on_click=st.session_state.update,
                args=({"suggested message": text},),
            )


def suggested_message() -> str | None:
    """The suggestion that was just clicked."""
    return st.session_state.pop("suggested message", None)
