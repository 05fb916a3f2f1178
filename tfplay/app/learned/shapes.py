"""Embeddings taking shape: the vectors of tokens and positions, from step to step."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.learned.measuring import over_snapshots
from tfplay.app.lesson.token_kinds import token_kind
from tfplay.app.model.data import data_of
from tfplay.app.model.loading import BY_FOLDER, BY_VERSION, tokenizer_of
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.store import Model
from tfplay.tasks import training_examples

MOST_POINTS = 300
NUM_LABELLED = 50
NUM_LABELLED_POSITIONS = 10


def shapes_view(model: Model) -> None:
    """The most frequent tokens, and the learned positions, on the plane of their main axes."""
    st.markdown(
        "Each token has a vector, drawn at random before the first step. Training moves tokens "
        "that are used alike to the same side: what is to be seen here is where they go. Press ▶, "
        "or move the slider below the figure."
    )
    st.latex(r"y = (x - \bar{x}) \, V_{1,2} \qquad X - \bar{x} = U \Sigma V^\top")
    measured = over_snapshots(model, _vectors)
    tokens = np.stack([each["tokens"] for each in measured.values()])
    tokenizer, ids = tokenizer_of(model), _frequent_ids(model)
    names, kinds = tokenizer.labels(ids), [token_kind(tokenizer, token_id) for token_id in ids]
    steps = list(measured)
    points, shares = _on_main_axes(tokens)
    show_words(_taking_shape("token", steps, shares), "shape of tokens")
    labelled = range(min(NUM_LABELLED, len(ids)))
    chart = figures.moving_points(steps, points, names, kinds, labelled)
    show_chart(chart, key="tokens", alt="Token embeddings on their two main axes")
    st.caption(
        f"The {len(ids)} most frequent tokens of {len(tokenizer.vocabulary):,}, the first "
        f"{len(labelled)} with their names; ␣ is a space. The axes are the two principal "
        f"components of these tokens at step {steps[-1]:,}, and stay where they are."
    )
    if "positions" not in measured[steps[0]]:
        return
    st.markdown("#### Positions")
    st.markdown(
        "The model also learned a vector for each position. Neighbours that come to lie beside "
        "each other, on a line or a curve, tell it how far apart two tokens are."
    )
    positions = np.stack([each["positions"] for each in measured.values()])
    points, shares = _on_main_axes(positions)
    words = f"{_taking_shape('position', steps, shares)} {_neighbours(steps, positions)}"
    show_words(words, "shape of positions")
    count = positions.shape[1]
    labels = [f"{position + 1}" for position in range(count)]
    labelled = {0, *range(count - 1, 0, -max(1, count // NUM_LABELLED_POSITIONS))}
    chart = figures.moving_points(
        steps, points, labels, ["position"] * count, labelled, connected=True
    )
    show_chart(chart, key="positions", alt="Position embeddings on their two main axes")
    st.caption(
        f"All {count} positions, each joined to the next; axes as above, of the positions at step "
        f"{steps[-1]:,}."
    )


def _on_main_axes(vectors: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """Vectors (steps, N, E) on the main axes of the last, and each step's share of variance."""
    axes = explain.main_axes(vectors[-1])
    return axes.project(vectors), [axes.share_of_variance(each) for each in vectors]


def _taking_shape(name: str, steps: list[int], shares: list[float]) -> str:
    return (
        f"This plane shows **{shares[0]:.0%}** of the variance of the {name} embeddings at step "
        f"{steps[0]:,} and **{shares[-1]:.0%}** at step {steps[-1]:,}."
    )


def _neighbours(steps: list[int], positions: np.ndarray) -> str:
    """How alike neighbouring positions are at first and at the end, in a sentence."""
    before, after = (
        float(np.mean(_cosines(each[:-1], each[1:]))) for each in (positions[0], positions[-1])
    )
    return (
        f"The cosine between a position and the next is {before:.2f} on average at step "
        f"{steps[0]:,}, and {after:.2f} at step {steps[-1]:,}."
    )


def _cosines(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(first, axis=-1) * np.linalg.norm(second, axis=-1)
    return (first * second).sum(axis=-1) / np.maximum(lengths, 1e-30)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _vectors(model: Model) -> dict[str, np.ndarray]:
    network = model.load().model
    vectors = {"tokens": explain.token_vectors(network)[_frequent_ids(model)]}
    positions = explain.position_vectors(network)
    return vectors if positions is None else vectors | {"positions": positions}


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=BY_FOLDER)
def _frequent_ids(model: Model) -> list[int]:
    """The most frequent tokens of what the model read in training, the most frequent first."""
    data = data_of(model)
    counts = np.zeros(data.tokenizer.vocabulary_size, dtype="int64")
    for batch in training_examples(data):
        for name in batch.inputs.keys() & {"token_ids", "encoder_token_ids", "decoder_token_ids"}:
            is_real = batch.inputs.get(name.replace("token_ids", "padding_mask"), ...)
            counts += np.bincount(batch.inputs[name][is_real].ravel(), minlength=len(counts))
    order = np.argsort(-counts, kind="stable")[:MOST_POINTS]
    return [int(token_id) for token_id in order if counts[token_id]]
