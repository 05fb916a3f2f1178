"""Direct logit attribution: who pushes the answer, and by how much."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.layout import controls, fragment, metrics_row
from tfplay.app.frame.state import kept_toggle
from tfplay.app.layers.asked import Asked
from tfplay.app.lesson import Subject, Traced, below_picture, exports, source_caption, tries
from tfplay.app.widgets.chart import show_chart

WORDS = (
    "The stream at the end is a sum: the embedding, and what each head and feed-forward network "
    "wrote. The answer's logit is read off that sum, so it is a sum as well, with a share for each "
    "part. The shares are what a part says **directly**; what it does by way of later parts shows "
    "when it is switched off."
)
FORMULA = (
    r"\text{logit} = w \cdot x_0 + \sum_{n,h} w \cdot o_{n,h} W_{O,h}"
    r" + \sum_n w \cdot \text{FFN}_n + c"
)


@fragment
def pushes_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """What each head and feed-forward network adds to the logit.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: Whose logit, and whose is taken off.
    """
    with controls("pushes"):
        against = kept_toggle("Less the logit of the alternative", True, "less", "pushes against")
    answer, other = asked.answer, asked.against if against else None
    shares = explain.attribute(subject.load().model, found.trace, answer, other)
    logits = found.trace.logits
    logit = float(answer.logit(logits)[0] - (other.logit(logits)[0] if other else 0))
    heads = [shares.self_attention]
    columns = [f"head {head + 1}" for head in range(heads[0].shape[1])]
    if shares.cross_attention is not None:
        heads.append(shares.cross_attention)
        columns += [f"cross {head + 1}" for head in range(heads[1].shape[1])]
    values = np.concatenate([*heads, shares.feed_forward[:, None]], axis=1)
    columns = [*columns, "FFN"]
    rows = [f"block {layer + 1}" for layer in range(len(values))]
    figure = figures.grid(values, rows, columns, "pushes by", number_format="+.2f")
    show_chart(figure, key="pushes", alt="What each part adds to the logit")
    st.markdown(asked.question if against else f"**{asked.answer_name}**")
    metrics_row(
        {
            "Logit" if other is None else "Difference of logits": f"{logit:.3f}",
            "Sum of all shares": f"{shares.total:.3f}",
            "Embeddings": f"{shares.embeddings:+.3f}",
            "Biases and norms": f"{shares.constant:+.3f}",
        }
    )
    table = [
        {"part": "embeddings", "share": shares.embeddings},
        {"part": "biases and norms", "share": shares.constant},
        *(
            {"part": f"{rows[layer]} {columns[part]}", "share": float(share)}
            for (layer, part), share in np.ndenumerate(values)
        ),
    ]
    with below_picture("pushes", WORDS, FORMULA):
        exports("pushes", figure, table)
    tries(
        {
            "Only the answer's own logit": {"pushes against": False},
            "Against the alternative": {"pushes against": True},
        }
    )
    source_caption(subject, f"the shares sum to {shares.total:.3f}, the model says {logit:.3f}.")
