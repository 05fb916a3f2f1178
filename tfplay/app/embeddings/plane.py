"""A map of the vocabulary: embeddings in two or three dimensions."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.embeddings.common import read_ids
from tfplay.app.frame.layout import controls
from tfplay.app.frame.state import choose_one, kept_number
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, traced, tries
from tfplay.app.lesson.token_kinds import token_kind
from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.app.widgets.chart import show_chart
from tfplay.store import Model

METHODS = {"pca": "Main axes (PCA)", "tsne": "Neighbourhoods (t-SNE)"}
METHOD_KEY, DIMENSIONS_KEY, COUNT_KEY = "map method", "map dimensions", "map tokens"
"""Of the widgets in `st.session_state`."""
WORDS = (
    "So many dimensions cannot be drawn. **PCA** keeps the two or three directions in which the "
    "vectors differ most; **t-SNE** bends the space so that neighbours stay neighbours, while the "
    "gaps between groups mean little. Tokens of a kind gather if the model had reason to treat "
    "them alike."
)
FORMULA = (
    r"\text{PCA: } y = (x - \bar x) V_{1 \dots k} \qquad "
    r"\text{t-SNE: } \min_y \sum_{i \neq j} p_{ij} \log \frac{p_{ij}}{q_{ij}}"
)


def map_view(subject: Subject) -> None:
    """Tokens as points, coloured by kind; those of the sentence have their names beside them."""
    with controls("map"):
        method = choose_one(
            *("Map", list(METHODS), "pca", METHOD_KEY), link="map", format_func=METHODS.get
        )
        dimensions = choose_one("Dimensions", [2, 3], 2, DIMENSIONS_KEY, link="dimensions")
        count = kept_number(
            "Tokens",
            **{"low": 100, "high": 1500, "usual": 400, "step": 50},
            name="tokens",
            key=COUNT_KEY,
            help="Those learned first.",
            width=260,
        )
    found = traced(subject)
    own = tuple(dict.fromkeys(read_ids(found.inputs).tolist()))
    ids, kinds, points = _map(subject.model, own, method, dimensions, count)
    names = subject.model.load_source_tokenizer().labels(ids)
    chart = figures.token_points(points, names, kinds, range(len(own)))
    show_chart(chart, key="map", alt=f"{len(ids)} tokens as points, coloured by kind")
    axes = ("x", "y", "z")[:dimensions]
    table = [
        {"token": name, "id": token_id, "kind": kind}
        | dict(zip(axes, map(float, point), strict=True))
        for name, token_id, kind, point in zip(names, ids, kinds, points, strict=True)
    ]
    with below_picture("map", WORDS, FORMULA):
        exports("map", chart, table)
    tries(
        {
            "Neighbourhoods": {METHOD_KEY: "tsne", DIMENSIONS_KEY: 2},
            "In space": {METHOD_KEY: "pca", DIMENSIONS_KEY: 3},
            "Many tokens": {COUNT_KEY: 1000, METHOD_KEY: "pca"},
        }
    )
    source_caption(
        subject,
        f"the embeddings of {len(ids):,} tokens, those of the sentence with their names; point at "
        "any other to read its own. Kinds are told by spelling alone.",
    )


@st.cache_data(max_entries=32, show_spinner="Drawing the map …", hash_funcs=BY_VERSION)
def _map(
    model: Model, own: tuple[int, ...], method: str, dimensions: int, count: int
) -> tuple[list[int], list[str], np.ndarray]:
    """The ids of the sentence and of the first tokens, their kinds, and their points."""
    trained = load_trained(model)
    tokenizer = trained.source_tokenizer
    every = [(each, token_kind(tokenizer, each)) for each in range(tokenizer.vocabulary_size)]
    first = [each for each, kind in every if kind != "byte" and each not in own][:count]
    ids = [*own, *first]
    vectors = explain.token_vectors(trained.model)[ids]
    return ids, [every[each][1] for each in ids], explain.token_map(vectors, method, dimensions)
