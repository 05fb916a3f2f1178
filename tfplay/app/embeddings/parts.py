"""Token + position = input, added before one's eyes."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.embeddings.common import first_stack, other_sentences, read_ids
from tfplay.app.lesson import (
    Subject,
    Traced,
    below_picture,
    exports,
    source_caption,
    traced,
    tries,
)
from tfplay.app.widgets.chart import show_chart

MOST_TOKENS = 14
TOTAL = "input of block 1"
ADDS_NOTHING = {
    "rotary": "This model has **rotary** positions: nothing is added here. They turn the queries "
    "and keys inside each attention instead; see the view of positions.",
    "none": "This model has **no positions** at all: nothing tells it the order.",
}
WORDS = (
    "Attention has no notion of order: to it a sentence is a bag of vectors. So before the first "
    "block each token's vector gets the vector of its **position** added, number by number. The "
    "same token at two places then enters as two different vectors. Press ▶ to see them added."
)
FORMULA = r"x_t = E_{i_t} + P_t"


def parts_view(subject: Subject) -> None:
    """Heatmap strips of what is added, and of the sum, which is what the first block gets."""
    found, trained = traced(subject), subject.load()
    ids, segments = read_ids(found.inputs), found.inputs.get("segment_ids")
    parts = explain.input_parts(trained.model, ids, None if segments is None else segments[0])
    named = {"token": parts.token, "position": parts.position, "segment": parts.segment}
    named = {name: values for name, values in named.items() if values is not None}
    position = trained.model.config.position
    tokens = found.tokens[:MOST_TOKENS]
    shown = {name: values[: len(tokens)] for name, values in named.items()}
    chart = figures.added_strips(shown, tokens, TOTAL)
    show_chart(chart, key="parts", alt=f"Heatmaps of {', '.join(named)} and their sum")
    if position in ADDS_NOTHING:
        st.info(ADDS_NOTHING[position])
    sizes = ", ".join(f"{name} {_length(values):.2f}" for name, values in named.items())
    st.markdown(f"Mean length of a vector: {sizes}; of their sum {_length(parts.total):.2f}.")
    with below_picture("parts", WORDS, FORMULA):
        exports("parts", chart, lambda: part_table(named | {TOTAL: parts.total}, found.tokens))
    tries(other_sentences(subject))
    source_caption(subject, _checked(parts.total, found) + f" The first {len(tokens)} tokens.")


def _checked(total: np.ndarray, found: Traced) -> str:
    """Whether the sum is what the model itself puts into its first block."""
    entering = first_stack(found).blocks[0].residual_before[0]
    difference = float(np.abs(total - entering).max())
    if difference < 1e-4:
        return (
            "the sum is what its first block got in the forward pass; the largest difference of "
            f"any number is {difference:.1e}."
        )
    return "its sum is normalised before the first block, as in BERT."


def _length(vectors: np.ndarray) -> float:
    return float(np.linalg.norm(vectors, axis=-1).mean())


def part_table(parts: dict[str, np.ndarray], tokens: list[str]) -> list[dict]:
    """Every number that is added, and the sum, a row each."""
    return [
        {"position": place, "token": tokens[place], "dimension": dimension + 1}
        | {name: float(values[place, dimension]) for name, values in parts.items()}
        for place, dimension in np.ndindex(parts["token"].shape)
    ]
