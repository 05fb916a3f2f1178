"""How the residual stream changes from block to block, and whose embeddings it points to."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.layout import controls, fragment
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.strip import choose_token
from tfplay.app.layers.asked import Asked
from tfplay.app.layers.lens import around, level_names
from tfplay.app.lesson import Subject, Traced, below_picture, exports, source_caption, tries
from tfplay.app.widgets.chart import show_chart

NEAREST = 5
MEASURES = ("Length", "Cosine to the end")
WORDS = (
    "The **residual stream** is the row of vectors, one a token, that runs from the embeddings to "
    "the answer; every sublayer adds to it. Where it grows, much is added; where its cosine to the "
    "end is near 1, the vector already points where it will point."
)
FORMULA = r"x_n = x_{n-1} + \text{attention}_n + \text{FFN}_n"
NEIGHBOURS = (
    "The tokens whose embeddings point most nearly where the vector points. At the bottom that is "
    "the token itself; further up the vector is made of its context, and where the output shares "
    "the embedding matrix it comes to point at what the model will say."
)
NEIGHBOURS_FORMULA = (
    r"\cos(x_n, e_v) = \frac{x_n \cdot e_v}{\lVert x_n \rVert \, \lVert e_v \rVert}"
)


@fragment
def stream_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """Lengths of the vectors and cosines to what they become; then one token's neighbours.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: Its place is at first the token looked at.
    """
    levels = explain.last_stack(found.trace).residual_levels()[:, 0]
    names = level_names(len(levels))
    with controls("stream"):
        measure = choose_one("Measure", MEASURES, MEASURES[0], "stream measure", link="measure")
    is_length = measure == MEASURES[0]
    values = np.linalg.norm(levels, axis=-1) if is_length else explain.cosines_to_final(levels)
    tokens = found.target_tokens
    places = around(asked.answer.row, len(tokens))
    columns = [f"{i + 1}. {tokens[i]}" for i in places]
    shown = values[:, places.start : places.stop]
    figure = figures.grid(shown, names, columns, measure.lower())
    show_chart(figure, key="stream", alt=f"{measure} of the stream, by level and token")
    means = ", ".join(f"{value:.2f}" for value in values.mean(axis=1))
    st.markdown(f"On average over the tokens, from level to level: **{means}**.")
    table = [
        {"level": names[n], "position": t + 1, "token": tokens[t], measure: float(value)}
        for (n, t), value in np.ndenumerate(values)
    ]
    with below_picture("stream", WORDS, FORMULA):
        exports("stream", figure, table)
    tries({name: {"stream measure": name} for name in MEASURES})
    source_caption(subject, "the stack that answers; level 0 is token + position.")
    _neighbours(subject, levels, tokens, asked)


def _neighbours(subject: Subject, levels: np.ndarray, tokens: list[str], asked: Asked) -> None:
    """The tokens of the vocabulary that one token's vector is most like, level by level."""
    st.markdown("#### Neighbours of one vector")
    names = level_names(len(levels))
    start = (asked.answer.row or 0) if subject.task != "answers" else 0
    place = choose_token(tokens, "stream token", "token", start, label="Whose vector")
    nearest = explain.nearest_tokens(subject.load().model, levels[:, place], NEAREST)
    labels = subject.load().tokenizer.labels
    texts = [[labels([each.token_id])[0] for each in row] for row in nearest]
    cosines = np.array([[each.cosine for each in row] for row in nearest])
    ranks = [f"{rank}." for rank in range(1, NEAREST + 1)]
    figure = figures.grid(cosines, names, ranks, "cosine", texts, limits=(0, 1))
    show_chart(figure, key="neighbours", alt="Nearest tokens of the vector at each level")
    table = [
        {"level": names[n], "rank": rank + 1, "token": texts[n][rank], "cosine": float(cosine)}
        for (n, rank), cosine in np.ndenumerate(cosines)
    ]
    with below_picture("neighbours", NEIGHBOURS, NEIGHBOURS_FORMULA):
        exports("neighbours", figure, table)
    source_caption(subject, "token embeddings of the whole vocabulary, by their cosine.")
