"""The activation: GELU beside ReLU, with what this block's neurons really get."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.block.switches import ACTIVATION, OFF, STEP
from tfplay.app.frame.layout import controls, fragment
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import below_picture, exports, source_caption, tries
from tfplay.app.widgets.chart import show_chart

MOST_POINTS = 400
TOKEN = "block neuron token"
WORDS = (
    "ReLU cuts off everything below 0. GELU multiplies x by Φ(x), the share of a normal "
    "distribution that lies below x: a soft gate, nearly 0 far to the left, nearly x far to the "
    "right, and a little below 0 in between."
)
FORMULA = (
    r"\begin{aligned} \mathrm{GELU}(x) &= x\,\Phi(x) \\"
    r"\mathrm{ReLU}(x) &= \max(0, x) \end{aligned}"
)


@fragment
def activation_view(chosen: ChosenBlock) -> None:
    """Curves of the activations, and on the model's own the sums of one token's neurons."""
    steps = chosen.steps(explain.Switches())
    activate = next((step.operation for step in steps if step.name == "activated"), None)
    if activate is None:
        st.info("This block has no feed-forward network.")
        return
    with controls("activation"):
        place = choose_one(
            *("Token", range(len(chosen.tokens)), 0, TOKEN, st.selectbox),
            link="neurons",
            format_func=lambda place: f"{place + 1} · {chosen.tokens[place]}",
            width=260,
        )
    sums = activate.x[place][:MOST_POINTS]
    reach = float(np.ceil(np.abs(sums).max())) or 1.0
    grid = np.linspace(-reach, reach, 201, dtype="float32")
    names = list(dict.fromkeys(("relu", "gelu", activate.activation)))
    curves = {name: explain.Activate(grid, name).result() for name in names}
    answers = explain.Activate(sums, activate.activation).result()
    figure = figures.activation_curves(grid, curves, activate.activation, sums, answers)
    show_chart(figure, key="activation", alt="Curves of ReLU and GELU with real neurons on it")
    silent = float((activate.x < 0).mean())
    st.markdown(
        f"Of all {activate.x.size:,} sums in this block, **{silent:.0%}** are below 0; ReLU would "
        f"make all of those exactly 0, {ACTIVATION_NAMES.get(activate.activation, 'this')} leaves "
        f"{share_nonzero(activate):.0%} of them above 0.01 in size."
    )
    columns = zip(sums, answers, explain.Activate(sums, "relu").result(), strict=True)
    rows = [
        {"neuron": index + 1, "sum": float(x), "answer": float(y), "relu": float(z)}
        for index, (x, y, z) in enumerate(columns)
    ]
    with below_picture("activation", WORDS, FORMULA):
        exports("activation", figure, rows)
    tries(
        {
            "The neurons of the first token": {TOKEN: 0},
            "Of the last token": {TOKEN: len(chosen.tokens) - 1},
            "Let this block use ReLU": OFF
            | {ACTIVATION: "relu", STEP: ("feed_forward", "activated")},
        }
    )
    source_caption(
        chosen.subject,
        f"the sums of {len(sums)} of {activate.x.shape[1]:,} neurons for the chosen token, in the "
        f"{chosen.stack}'s block {chosen.layer + 1}.",
    )


ACTIVATION_NAMES = {"gelu": "GELU", "gelu_tanh": "GELU", "relu": "ReLU", "silu": "SiLU"}


def share_nonzero(activate: "explain.Activate") -> float:
    """Of the sums below 0, the share whose answer is larger than 0.01 in size."""
    below = activate.result()[activate.x < 0]
    return float((np.abs(below) > 0.01).mean()) if below.size else 0.0
