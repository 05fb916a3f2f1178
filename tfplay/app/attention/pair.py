"""Why one token attends to another: the products of a query and a key."""

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import controls, metrics_row, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.lesson.attention import AttentionMap
from tfplay.app.widgets.chart import show_chart

WORDS = (
    "The query of the token that looks and the key of the one it looks at are multiplied number "
    "by number: where both are large and have the same sign, the pair matches. The sum of the "
    "products is the logit, and the softmax over the row turns it into the score."
)
FORMULA = r"\ell_{ts} = \sum_{d=1}^{d_k} \frac{q_{td} \, k_{sd}}{\sqrt{d_k}}"


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
    if isinstance(head, str):
        tries({"Head 1": {f"{key} head": 1}})
        st.info("Choose one head: an average of heads has no query of its own.")
        return
    trace, place = attention.traces[layer - 1], (layer, head)
    scores = attention.head(layer, head)
    (target, source), strongest = _choose_pair(attention, scores, key, place)
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
        st.info("This pair is masked, because the token comes later: its logit is not used.")
    names = [str(number + 1) for number in range(len(products))]
    figure = figures.signed_bars(names, products, "product")
    name = f"{key} pair"
    show_chart(figure, key=name, alt="The products of query and key, a bar each")
    rows = zip(query, keys[source], products, strict=True)
    table = [
        {"d": d + 1, "query": float(q), "key": float(k), "product": float(product)}
        for d, (q, k, product) in enumerate(rows)
    ]
    with below_picture(name, WORDS, FORMULA):
        exports(name, figure, table)
    tries({"The strongest pair": strongest})
    source_caption(
        subject,
        f"layer {layer}, head {head}, {len(products)} products of "
        f"“{plain(attention.target_tokens[target])}” and "
        f"“{plain(attention.source_tokens[source])}”.",
    )


def strongest_pair(attention: AttentionMap, scores: np.ndarray) -> tuple[int, int]:
    """Which position looks most at another one.

    Args:
        attention: Whose tokens they are.
        scores: (T, S) of one head.
    """
    others = scores.copy()
    if attention.target_tokens == attention.source_tokens:
        np.fill_diagonal(others, -1)
    target, source = np.unravel_index(others.argmax(), others.shape)
    return int(target), int(source)


def _choose_pair(
    attention: AttentionMap, scores: np.ndarray, key: str, place: tuple[int, int]
) -> tuple[tuple[int, int], dict[str, int]]:
    """Two positions, at first those of the strongest pair of two tokens; and what chooses it."""
    proposed = strongest_pair(attention, scores)
    keys = [f"{key} {side} of {place}" for side in ("attending", "attended")]
    tokens = attention.target_tokens, attention.source_tokens
    labels, links = ("Looks", "Is looked at"), ("from", "to")
    chosen = []
    with controls(f"{key} pair"):
        for label, names, name, start, link in zip(
            labels, tokens, keys, proposed, links, strict=True
        ):
            written = [f"{number}. {token}" for number, token in enumerate(names, start=1)]
            chosen.append(
                choose_one(
                    *(label, range(len(names)), start, name, st.selectbox),
                    link=link,
                    format_func=written.__getitem__,
                )
            )
    return (chosen[0], chosen[1]), dict(zip(keys, proposed, strict=True))
