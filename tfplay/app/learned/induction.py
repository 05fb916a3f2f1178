"""Induction heads: when a model begins to look for what followed the same token before."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.learned.measuring import over_snapshots, stays_above
from tfplay.app.model.loading import BY_FOLDER, BY_VERSION, tokenizer_of
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.store import Model

FORMED = 0.3
"""From this score on it is said that a head does what it is scored for."""


def induction_view(model: Model) -> None:
    """The prefix-matching and the previous-token score of each head over the steps."""
    st.markdown(
        "An **induction head** continues what it has seen: after … *A B* … *A* it looks at *B*, "
        "the token that followed the *A* before. It takes two heads, one that notes at each token "
        "which came before it (a **previous-token head**), and in a later layer one that looks for "
        "that note. Here the model reads random tokens that come twice: nothing but the repetition "
        "helps."
    )
    st.latex(r"\text{prefix matching} = \frac{1}{L} \sum_{t=L}^{2L-1} a_{t,\,t-L+1}")
    measured = over_snapshots(model, _induction)
    steps, found = list(measured), list(measured.values())
    matching = np.stack([each.prefix_matching for each in found])
    previous = np.stack([each.previous_token for each in found])
    show_words(_best_head(steps, matching, "prefix-matching"), "best matching")
    levels = {"spread evenly": _even_matching(model)}
    chart = figures.heads_over_steps(steps, matching, "prefix matching", levels)
    show_chart(chart, key="matching", alt="Prefix-matching score of each head over the steps")
    st.latex(r"\text{previous token} = \frac{1}{2L-1} \sum_{t=1}^{2L-1} a_{t,\,t-1}")
    show_words(_best_head(steps, previous, "previous-token"), "best previous")
    chart = figures.heads_over_steps(steps, previous, "previous token")
    show_chart(chart, key="previous", alt="Previous-token score of each head over the steps")

    st.markdown("#### Does it copy?")
    last = found[-1]
    st.markdown(
        f"At step {steps[-1]:,} a random token costs **{last.first_loss:.2f}** nats the first time "
        f"and **{last.second_loss:.2f}** the second: "
        + ("the model copies." if last.second_loss < 0.8 * last.first_loss else "it hardly copies.")
    )
    lines = {
        "first time": [each.first_loss for each in found],
        "second time": [each.second_loss for each in found],
    }
    chart = figures.lines_over_steps(steps, lines, "loss (nats)")
    show_chart(chart, key="copying", alt="Loss on random tokens the first and the second time")
    count, length = _tokens(model).shape
    st.caption(
        f"Computed from all {len(steps)} snapshots on {count} sequences of {length // 2} different "
        "random tokens and the same once more (Olsson et al., 2022, arXiv:2209.11895, who repeat "
        "25). A text that never repeats itself by chance needs no induction heads."
    )


def _best_head(steps: list[int], scores: np.ndarray, name: str) -> str:
    """Which head scores highest at the end, and since when, in sentences."""
    layer, head = np.unravel_index(scores[-1].argmax(), scores.shape[1:])
    own = dict(zip(steps, scores[:, layer, head].tolist(), strict=True))
    since = stays_above(own, FORMED)
    sentence = (
        f"The highest {name} score is that of layer {layer + 1}, head {head + 1}: "
        f"**{own[steps[-1]]:.2f}**, after {own[steps[0]]:.2f} at step {steps[0]:,}"
    )
    if since is None:
        return f"{sentence}. No head stays above {FORMED}."
    return f"{sentence}; it is above {FORMED} from step **{since:,}** on."


def _even_matching(model: Model) -> float:
    """The prefix-matching score of attention spread evenly."""
    length = _tokens(model).shape[1] // 2
    positions = np.arange(length, 2 * length)
    reach = positions + 1 if model.config.use_causal_mask else np.full(length, 2 * length)
    return float((1 / reach).mean())


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _induction(model: Model) -> "explain.Induction":
    return explain.measure_induction(model.load().model, _tokens(model))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=BY_FOLDER)
def _tokens(model: Model) -> np.ndarray:
    tokenizer = tokenizer_of(model)
    special = set(tokenizer.special_tokens.spellings)
    ordinary = [i for i, token in enumerate(tokenizer.vocabulary) if token not in special]
    return explain.repeated_tokens(np.array(ordinary), model.config.max_sequence_length)
