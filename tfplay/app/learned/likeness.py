"""Do heads differ? How alike they attend, and whether they write into the same directions."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.learned.measuring import over_snapshots
from tfplay.app.learned.spread import KINDS, attention_sample, choose_kind
from tfplay.app.model.loading import BY_VERSION
from tfplay.app.model.steps import choose_step
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.store import Model


class Likeness(NamedTuple):
    """How alike the heads of a model are, each with each; see `tfplay.explain`."""

    patterns: np.ndarray
    """(layers H, layers H), from 0 to 1."""
    outputs: np.ndarray
    """(layers H, layers H), from 0 to 1."""


def likeness_view(model: Model) -> None:
    """Similarity of attention patterns and output subspaces, at one step and over all."""
    st.markdown(
        "Nothing forces the heads of a layer to differ: they read the same, and one formula trains "
        "them all. But each begins with other random weights, and a second head that does the same "
        "does not lower the loss. Whether that keeps them apart is measured here: do they **look** "
        "at the same tokens, and do they **write** into the same directions?"
    )
    st.latex(r"\text{look} = 1 - H(\tfrac{a_g + a_h}{2}) + \tfrac{H(a_g) + H(a_h)}{2}")
    st.latex(r"\text{write} = \tfrac{1}{D} \lVert Q_g^\top Q_h \rVert_F^2")
    config = model.config
    if config.num_heads < 2 and config.num_layers < 2:
        st.info("This model has a single head; there is no other that it could be like.")
        return
    measured = over_snapshots(model, _likeness)
    kind = choose_kind(list(next(iter(measured.values()))))
    step = choose_step(model).step
    now = measured[step][kind]
    left, right = st.columns(2)
    with left:
        st.markdown(f"**Where they look**, step {step:,}")
        chart = figures.head_similarity(now.patterns, config.num_heads)
        show_chart(chart, key="patterns", alt="Likeness of the attention of each two heads")
    with right:
        st.markdown(f"**Where they write**, step {step:,}")
        chart = figures.head_similarity(now.outputs, config.num_heads)
        show_chart(chart, key="outputs", alt="Overlap of the outputs of each two heads")
    show_words(_most_alike(now, config.num_heads, step), "most alike")
    _over_steps(model, {step: likeness[kind] for step, likeness in measured.items()})
    st.caption(
        f"{KINDS[kind]}. Where they look: 1 minus the Jensen-Shannon divergence of their rows on "
        "validation examples, 1 if equal, 0 if they never attend to the same token. Where they "
        "write: the mean squared cosine of the principal angles between the rows of their parts of "
        "$W_O$, 1 if equal, 0 if orthogonal. Heads are named layer.head."
    )


def _over_steps(model: Model, measured: dict[int, Likeness]) -> None:
    config, steps = model.config, list(measured)
    patterns = [explain.pair_means(each.patterns, config.num_heads) for each in measured.values()]
    outputs = [explain.pair_means(each.outputs, config.num_heads) for each in measured.values()]
    place = 0 if config.num_heads > 1 else 1  # with one head a layer only layers can differ
    where = ("of the same layer", "of different layers")[place]
    st.markdown(
        f"Over the training, mean of all pairs {where}: their attention is "
        f"**{patterns[0][place]:.2f}** alike at step {steps[0]:,} and "
        f"**{patterns[-1][place]:.2f}** at step {steps[-1]:,}; their outputs overlap by "
        f"{outputs[0][place]:.2f} and {outputs[-1][place]:.2f}, where random directions have "
        f"{min(config.head_dim / config.hidden_dim, 1):.2f}."
    )
    lines = {"where they look": [pair[place] for pair in patterns]}
    lines["where they write"] = [pair[place] for pair in outputs]
    chart = figures.lines_over_steps(steps, lines, "mean likeness of two heads")
    show_chart(chart, key="likeness", alt="Mean likeness of two heads over the steps")


def _most_alike(likeness: Likeness, num_heads: int, step: int) -> str:
    """The two heads that look most alike and least alike, in a sentence."""
    pairs = np.argwhere(np.triu(np.ones_like(likeness.patterns), k=1))
    values = likeness.patterns[tuple(pairs.T)]
    named = {}
    for name, index in (("most", values.argmax()), ("least", values.argmin())):
        heads = (f"{head // num_heads + 1}.{head % num_heads + 1}" for head in pairs[index])
        named[name] = f"heads {' and '.join(heads)} ({values[index]:.2f})"
    return f"At step {step:,} {named['most']} look most alike, {named['least']} least."


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _likeness(model: Model) -> dict[str, Likeness]:
    network = model.load().model
    patterns = explain.attention_patterns(network, attention_sample(model)[0])
    return {
        kind: Likeness(explain.pattern_similarity(each), explain.output_overlap(network, kind))
        for kind, each in patterns.items()
    }
