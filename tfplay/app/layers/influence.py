"""Which tokens an answer rests on: attention rollout, and gradient times input."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.layout import controls, fragment, plain
from tfplay.app.layers.asked import Asked
from tfplay.app.layers.lens import shortened
from tfplay.app.lesson import Subject, Traced, below_picture, exports, source_caption, tries
from tfplay.app.lesson.heads import choose_number
from tfplay.app.widgets.chart import show_chart

GRADIENT = (
    "How steeply the answer's logit changes along each token's embedding: a first guess at what "
    "would happen without it, exact only for a linear model. A bar upwards speaks for the answer, "
    "one downwards against it."
)
GRADIENT_FORMULA = r"s_t = \sum_e x_{te} \, \frac{\partial\, \text{logit}}{\partial x_{te}}"
ROLLOUT = (
    "Attention of one layer mixes vectors that are mixtures already. **Rollout** multiplies the "
    "layers' average attention, with the residual connection counted as half: whose tokens are in "
    "whose vector after so many blocks. It knows nothing of values and feed-forward networks, and "
    "so is a rough map (Abnar and Zuidema, 2020)."
)
ROLLOUT_FORMULA = r"R_n = \tfrac{1}{2} (\bar A_n + I)\, R_{n-1}, \qquad R_0 = I"


def influence_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """Rollout through all layers, and the gradient of the answer by each token's embedding.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: Whose logit is differentiated.
    """
    _gradient(subject, found, asked)
    st.markdown("#### Attention rollout")
    _rollout(subject, found)


def _gradient(subject: Subject, found: Traced, asked: Asked) -> None:
    slopes = explain.gradient_times_input(subject.load().model, found.trace, asked.answer)
    st.markdown(f"**Gradient × input** for **{plain(asked.answer_name)}** {plain(asked.place)}")
    for stack, values in slopes.items():
        tokens = found.tokens if stack == "encoder" else found.target_tokens
        name = f"gradient {stack}"
        figure = figures.signed_bars(tokens, values, "gradient × input")
        show_chart(figure, key=name, alt=f"Gradient times input of each token, {stack}")
        table = [
            {"position": t + 1, "token": token, "gradient x input": float(value)}
            for t, (token, value) in enumerate(zip(tokens, values, strict=True))
        ]
        with below_picture(name, GRADIENT, GRADIENT_FORMULA):
            exports(name, figure, table)
        source_caption(subject, f"one backward pass, to what enters the {stack}'s first block.")
    tries({"The text without its last word": {subject.text_key: shortened(subject.text)}})


@fragment
def _rollout(subject: Subject, found: Traced) -> None:
    stack, tokens = found.trace.encoder, found.tokens
    if stack is None:
        stack, tokens = found.trace.decoder, found.target_tokens
    rolled = explain.attention_rollout(stack.attention_scores()[:, 0])
    with controls("rollout"):
        layer = choose_number(
            "After block", len(rolled), len(rolled), "rollout layer", link="after"
        )
    figure = figures.attention_heatmap(rolled[layer - 1], tokens, tokens)
    show_chart(figure, key="rollout", alt=f"Attention rollout after block {layer}")
    with below_picture("rollout", ROLLOUT, ROLLOUT_FORMULA):
        exports("rollout", figure, lambda: _rows(rolled[layer - 1], tokens))
    tries({f"After block {number}": {"rollout layer": number} for number in (1, len(rolled))})
    source_caption(subject, f"self-attention of the first {layer} blocks.")


def _rows(shares: np.ndarray, tokens: list[str]) -> list[dict[str, int | float | str]]:
    return [
        {"vector": t + 1, "position": s + 1, "token": tokens[s], "share": float(share)}
        for (t, s), share in np.ndenumerate(shares)
    ]
