"""Why one token attends to another: the products of a query and a key."""

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import metrics_row, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, exports, source_caption, tries
from tfplay.app.lesson.attention import AttentionMap
from tfplay.app.widgets.chart import show_chart


def pair_view(
    subject: Subject, attention: AttentionMap, layer: int, head: int | str, key: str
) -> None:
    """The D products of a query and a key, whose sum is the pair's logit.

    Args:
        subject: What the attention is of.
        attention: With its queries and keys.
        layer: Counted from 1.
        head: Counted from 1; of an average there are no queries.
        key: Tells the controls of several views apart.
    """
    st.markdown(
        "The query of the token that looks and the key of the one it looks at are multiplied "
        "number by number: where both are large and of one sign, the pair fits. The sum of the "
        "products is the logit, and the softmax over the row makes the score of it."
    )
    st.latex(r"\ell_{ts} = \sum_{d=1}^{d_k} \frac{q_{td} \, k_{sd}}{\sqrt{d_k}}")
    if isinstance(head, str):
        tries({"Head 1": {f"{key} head": 1}})
        st.info("Choose one head: an average of heads has no query of its own.")
        return
    trace, place = attention.traces[layer - 1], (layer, head)
    scores = attention.head(layer, head)
    target, source = _choose_pair(attention, scores, key, place)
    query, keys = trace.query[0, head - 1, target], trace.key[0, head - 1]
    logits = trace.attention_logits[0, head - 1, target]
    scale = len(query) ** -0.5 if subject.model.config.scale_attention else 1
    products = query.astype("float64") * keys[source] * scale
    metrics_row(
        {
            "Sum of the products": f"{products.sum():.3f}",
            "Logit": f"{logits[source]:.3f}",
            "Score": f"{scores[target, source]:.2%}",
            "Largest logit of the row": f"{logits[attention.allowed[target]].max():.3f}",
        }
    )
    if not attention.allowed[target, source]:
        st.info("This pair is masked: the token comes later. Its logit counts for nothing.")
    names = [str(number + 1) for number in range(len(products))]
    figure = figures.signed_bars(names, products, "product")
    name = f"{key} pair"
    show_chart(figure, key=name, alt="The products of query and key, a bar each")
    source_caption(
        subject,
        f"layer {layer}, head {head}, {len(products)} products of "
        f"“{plain(attention.target_tokens[target])}” and "
        f"“{plain(attention.source_tokens[source])}”.",
    )
    rows = zip(query, keys[source], products, strict=True)
    table = [
        {"d": d + 1, "query": float(q), "key": float(k), "product": float(product)}
        for d, (q, k, product) in enumerate(rows)
    ]
    exports(name, figure, table)


def _choose_pair(
    attention: AttentionMap, scores: np.ndarray, key: str, place: tuple[int, int]
) -> tuple[int, int]:
    """Two positions; at first the pair with the largest score that is not one token twice."""
    others = scores.copy()
    if attention.target_tokens == attention.source_tokens:
        np.fill_diagonal(others, -1)
    proposed = np.unravel_index(others.argmax(), others.shape)
    keys = [f"{key} {side} of {place}" for side in ("attending", "attended")]
    tokens = attention.target_tokens, attention.source_tokens
    labels = "Looks", "Is looked at"
    tries({"The strongest pair": dict(zip(keys, map(int, proposed), strict=True))})
    chosen = []
    for column, label, names, name, start in zip(
        st.columns(2), labels, tokens, keys, proposed, strict=True
    ):
        written = [f"{number}. {token}" for number, token in enumerate(names, start=1)]
        with column:
            chosen.append(
                choose_one(
                    *(label, range(len(names)), int(start), name, st.selectbox),
                    format_func=written.__getitem__,
                )
            )
    return chosen[0], chosen[1]
