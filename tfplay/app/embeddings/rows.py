"""The embedding matrix, the rows looked up, and which rows are alike."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.embeddings.common import dimension_names, other_sentences, read_ids
from tfplay.app.frame.layout import plain
from tfplay.app.frame.strip import choose_token
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, traced, tries
from tfplay.app.widgets.chart import show_chart
from tfplay.tasks import TrainedModel

MOST_ROWS = 150
NEIGHBOURS = 10
AXES = ("", "dimension")
WORDS = (
    "The **embedding matrix** has a row of numbers for each token of the vocabulary. To embed a "
    "sentence is to look its rows up, nothing more: the same token has the same row wherever it "
    "stands. The rows were drawn at random and learned; since then they are fixed, and using the "
    "model does not change them. They belong to tokens, not to words."
)
FORMULA = r"X = E_{i_1, \dots, i_T} \qquad \cos(x, y) = \frac{x \cdot y}{|x| \, |y|}"


def rows_view(subject: Subject) -> None:
    """Rows by id, and the nearest tokens of one of them by cosine."""
    found = traced(subject)
    trained, ids = subject.load(), read_ids(found.inputs)
    matrix, labels = explain.token_vectors(trained.model), trained.source_tokenizer.labels
    dimensions = dimension_names(matrix.shape[1])
    chosen = choose_token(found.tokens, "looked up", "token", 0, ids=ids.tolist()) or 0
    left, right = st.columns(2)
    with left:
        st.markdown(f"**The rows of the sentence**, {len(ids)} x {matrix.shape[1]}")
        chart = figures.grid(matrix[ids], found.tokens, dimensions, "value", titles=AXES)
        show_chart(chart, key="rows", alt="The embedding of each token of the sentence")
        table = [
            {"token": token, "id": int(token_id)}
            | {f"dimension {index + 1}": float(value) for index, value in enumerate(row)}
            for token, token_id, row in zip(found.tokens, ids, matrix[ids], strict=True)
        ]
        with below_picture("rows", WORDS, FORMULA):
            exports("rows", chart, table)
        _nearest(trained, int(ids[chosen]))
    with right:
        stride = -(-len(matrix) // MOST_ROWS)
        every = "all" if stride == 1 else f"every {stride}th row of"
        st.markdown(f"**The whole matrix**, {every} {len(matrix):,} x {matrix.shape[1]}")
        shown = np.arange(0, len(matrix), stride)
        names = [
            f"{token_id} {token}" for token_id, token in zip(shown, labels(shown), strict=True)
        ]
        chart = figures.grid(matrix[shown], names, dimensions, "value", titles=AXES)
        show_chart(chart, key="matrix", alt="Rows of the embedding matrix")
    tries(other_sentences(subject))
    source_caption(
        subject,
        "its embedding matrix. What counts as near was learned from what the model was trained "
        "on: tokens that are used alike, not tokens that mean the same.",
    )


def _nearest(trained: TrainedModel, token_id: int) -> None:
    """The tokens whose rows have the largest cosine with the chosen one's."""
    labels = trained.source_tokenizer.labels
    st.markdown(f"**Nearest by cosine** to {plain(labels([token_id])[0])}, chosen above")
    row = explain.token_vectors(trained.model)[[token_id]]
    # It is the nearest to itself.
    [[_, *nearest]] = explain.nearest_tokens(trained.model, row, NEIGHBOURS + 1)
    neighbours = [
        {"token": labels([each.token_id])[0], "id": each.token_id, "cosine": each.cosine}
        for each in nearest
    ]
    st.dataframe(
        neighbours,
        hide_index=True,
        column_config={
            "cosine": st.column_config.ProgressColumn(format="%.3f", min_value=-1, max_value=1)
        },
        key="nearest",
    )
    exports("nearest", table=neighbours)
