"""Sinusoidal, learned and rotary positions."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.embeddings.common import dimension_names
from tfplay.app.frame.layout import controls
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.widgets.chart import show_chart

MOST_POSITIONS = 64
KIND_KEY = "position kind"
"""Of the widget in `st.session_state`."""

TITLES = {"learned": "Learned", "sinusoidal": "Sinusoidal", "rotary": "Rotary"}
FORMULAS = {
    "learned": r"P_t = \text{row } t \text{ of a learned matrix}",
    "sinusoidal": r"P_{t,2i} = \sin \frac{t}{10000^{2i/E}} \qquad "
    r"P_{t,2i+1} = \cos \frac{t}{10000^{2i/E}}",
    "rotary": r"(q_i, q_{i+D/2}) \mapsto R(t \, \theta_i) (q_i, q_{i+D/2}), \quad "
    r"\theta_i = 10000^{-2i/D} \qquad q_t \cdot k_s \text{ depends on } t - s",
}
WORDS = {
    "learned": "The model has one row for each place up to its context and learned them like the "
    "tokens' rows (BERT, GPT-2). It cannot read further than it has rows.",
    "sinusoidal": "Waves of many lengths, from a few tokens to thousands, computed and not learned "
    "(Vaswani et al., 2017): there is a row for any position.",
    "rotary": "Nothing is added. Each pair of numbers in a query and a key is turned, by an angle "
    "that grows with the position, quickly in the first pairs, slowly in the last (Su et al., "
    "2021; Llama). What is shown is by how much: the cosine and the sine of each angle.",
}
WAYS = (
    "There are three ways to tell a model where a token stands. Sinusoidal and rotary ones make "
    "near positions alike **by construction**, so that “the token just before” is easy to find. "
    "Learned ones become alike only if training gives reason to: the curve below tells whether "
    "they did. Places that no training text was long enough for stay as they were drawn at random."
)


class Positions(NamedTuple):
    """Positions of one kind."""

    values: np.ndarray
    """(positions, dimensions)."""
    by_distance: np.ndarray
    """(positions,): how alike two positions so far apart are."""


def positions_view(subject: Subject) -> None:
    """One kind of position as a heatmap, and how alike positions are by distance, of all kinds."""
    kinds = all_positions(subject)
    own = subject.model.config.position
    with controls("positions"):
        kind = choose_one(
            *("Positions", list(TITLES), own if own in kinds else "sinusoidal", KIND_KEY),
            link="positions",
            format_func=lambda each: TITLES[each] + (" (this model's)" if each == own else ""),
        )
    below = f"{WAYS}\n\n{WORDS[kind]}", FORMULAS[kind]
    if kind not in kinds:
        st.info(f"This model has {own} positions; choose one above that has learned some.")
        below_picture("positions", *below)
        return
    positions = kinds[kind]
    names = [str(place) for place in range(len(positions.values))]
    dimensions = dimension_names(positions.values.shape[1])
    chart = figures.grid(
        positions.values, names, dimensions, "value", titles=("position", "dimension")
    )
    show_chart(chart, key="positions", alt=f"Heatmap of {kind} positions")
    with below_picture("positions", *below):
        exports("positions", chart, lambda: _table(positions.values))
    tries({TITLES[each]: {KIND_KEY: each} for each in TITLES})
    st.markdown("**How alike two positions are, by how far they are apart**")
    distances = range(len(names))
    lines = {TITLES[each]: (distances, found.by_distance) for each, found in kinds.items()}
    chart = figures.curves(lines, "distance in tokens", "cosine")
    show_chart(chart, key="by distance", alt="Mean cosine of two positions by their distance")
    exports("by distance", chart, lambda: _distance_table(kinds))
    learned = "its learned positions, as they are" if own == "learned" else "its width and context"
    source_caption(
        subject,
        f"{learned}; sinusoidal and rotary ones by their formulas, as wide as this model and one "
        "of its heads. For rotary ones it is the cosine between a vector with equal numbers in "
        "every pair and the same vector turned by that distance; for the others the mean over "
        "all pairs of positions.",
        of_input=False,
    )


def all_positions(subject: Subject) -> dict[str, Positions]:
    """Positions of every kind that there are for this model."""
    trained = subject.load()
    config = trained.model.config
    length = min(config.max_sequence_length, MOST_POSITIONS)
    kinds = {}
    learned = explain.position_vectors(trained.model)
    if learned is not None:
        kinds["learned"] = Positions(
            learned[:length], explain.similarity_by_distance(learned[:length])
        )
    waves = explain.sinusoidal_positions(length, config.hidden_dim)
    kinds["sinusoidal"] = Positions(waves, explain.similarity_by_distance(waves))
    angles = explain.rotary_angles(length, config.head_dim)
    turns = np.concatenate([np.cos(angles), np.sin(angles)], axis=-1)
    return kinds | {"rotary": Positions(turns, explain.rotary_similarity(angles))}


def _table(values: np.ndarray) -> list[dict]:
    return [
        {"position": place, "dimension": dimension + 1, "value": float(value)}
        for (place, dimension), value in np.ndenumerate(values)
    ]


def _distance_table(kinds: dict[str, Positions]) -> list[dict]:
    return [
        {"positions": kind, "distance": distance, "cosine": float(cosine)}
        for kind, found in kinds.items()
        for distance, cosine in enumerate(found.by_distance)
    ]
