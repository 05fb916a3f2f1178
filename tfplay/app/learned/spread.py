"""Attention over training: how spread out it is, and how far it reaches."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.state import choose_one
from tfplay.app.learned.measuring import over_snapshots
from tfplay.app.model.data import data_of
from tfplay.app.model.loading import BY_VERSION
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.store import Model
from tfplay.tasks import validation_sample

MOST_TOKENS = 2048
KINDS = {
    "encoder": "Self-attention",
    "decoder": "Masked self-attention",
    "cross": "Cross-attention",
}
"""Every kind of attention, as the explaining functions name it and as people read it."""


def spread_view(model: Model) -> None:
    """Entropy and mean distance of each head over the steps."""
    st.markdown(
        "Before training, a head spreads its attention almost evenly, since its queries and keys "
        "know nothing. **Entropy** says how spread it is: 0 bits if all goes to one token, "
        "$\\log_2 n$ if *n* tokens get the same. **Distance** says how far away they are. A head "
        "that found something to do has little of one or both."
    )
    entropy, distance = st.columns(2)  # beneath each other where the screen is narrow
    entropy.latex(r"H_t = -\sum_s a_{ts} \log_2 a_{ts}")
    distance.latex(r"d_t = \sum_s a_{ts} \, \lvert t - s \rvert")
    measured = over_snapshots(model, _measures)
    steps, found = list(measured), list(measured.values())
    kind = choose_kind(list(found[0]))
    each = [measures[kind] for measures in found]
    share = np.stack([measures.entropy_share for measures in each])
    distance = np.stack([measures.distance for measures in each])
    bits = np.stack([measures.entropy for measures in each])
    show_words(_spread(steps, share, bits), "spread")
    chart = figures.heads_over_steps(
        steps, share, "entropy (share of the most)", {"spread evenly": 1.0}, ".0%"
    )
    show_chart(chart, key="entropy", alt="Entropy of each head over the training steps")
    show_words(_reach(steps, distance, kind), "reach")
    even = {"spread evenly": each[-1].even_distance}
    chart = figures.heads_over_steps(steps, distance, "distance (tokens)", even, ".1f")
    show_chart(chart, key="distance", alt="Distance of each head over the training steps")
    st.caption(
        f"{KINDS[kind]}. Computed from all {len(steps)} snapshots on "
        f"{sample_size(model)}; means over all tokens that have more than one to attend to."
    )


def choose_kind(kinds: list[str]) -> str:
    """Lets the visitor choose one of several kinds of attention."""
    if len(kinds) == 1:
        return kinds[0]
    looks = {"link": "kind", "format_func": KINDS.get}
    return choose_one("Attention", kinds, kinds[0], "kind over steps", **looks)


def attention_sample(model: Model) -> "list[dict[str, np.ndarray]]":
    """The validation examples on which attention is measured, as the model reads them."""
    sample = validation_sample(data_of(model), MOST_TOKENS)
    return [batch.inputs for batch in sample]


def sample_size(model: Model) -> str:
    """How much is measured on: "32 validation examples, 2,048 tokens"."""
    sample = validation_sample(data_of(model), MOST_TOKENS)
    examples = sum(len(batch.labels) for batch in sample)
    return f"{examples} validation examples, {sum(batch.num_tokens for batch in sample):,} tokens"


def _spread(steps: list[int], share: np.ndarray, bits: np.ndarray) -> str:
    """How the entropy changed, in a sentence."""
    layer, head = np.unravel_index(share[-1].argmin(), share.shape[1:])
    return (
        f"On average the heads have **{share[0].mean():.0%}** of the highest possible entropy at "
        f"step {steps[0]:,} and **{share[-1].mean():.0%}** at step {steps[-1]:,}. The most focused "
        f"one at the end is layer {layer + 1}, head {head + 1}, with {bits[-1, layer, head]:.2f} "
        f"bits ({share[-1, layer, head]:.0%})."
    )


def _reach(steps: list[int], distance: np.ndarray, kind: str) -> str:
    """How far the nearest and the farthest looking head reach, in a sentence."""
    near, far = (
        np.unravel_index(place, distance.shape[1:])
        for place in (distance[-1].argmin(), distance[-1].argmax())
    )
    first = "Distance is counted from the same place in the source. " if kind == "cross" else ""
    return (
        f"{first}At step {steps[-1]:,} layer {near[0] + 1}, head {near[1] + 1} looks nearest, "
        f"**{distance[-1][near]:.1f}** tokens away, and layer {far[0] + 1}, head {far[1] + 1} "
        f"farthest, **{distance[-1][far]:.1f}**; at step {steps[0]:,} they were at "
        f"{distance[0][near]:.1f} and {distance[0][far]:.1f}."
    )


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _measures(model: Model) -> "dict[str, explain.HeadMeasures]":
    network = model.load().model
    batches = [explain.attention_patterns(network, inputs) for inputs in attention_sample(model)]
    return {kind: explain.measure_heads(batch[kind] for batch in batches) for kind in batches[0]}
