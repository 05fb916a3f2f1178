"""From counting to context: when a model overtakes what counting predicts."""

from itertools import pairwise

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.learned.measuring import over_snapshots, stays_below
from tfplay.app.model.data import data_of, read_by_decoder, training_examples, validation_sample
from tfplay.app.model.loading import BY_FOLDER, BY_VERSION
from tfplay.app.widgets.chart import show_chart
from tfplay.store import Model

MOST_TOKENS = 8192
ORDERS = {"unigram": 1, "bigram": 2, "trigram": 3}
SURE = 2
"""A difference counts if it is so many times its standard error."""

EARLY = 4
"""Tokens with at most so many to look at are early ones."""

SHOWN_STEPS = 4


def context_view(model: Model) -> None:
    """The loss over the steps and by context, beside what counting reaches on the same tokens."""
    st.markdown(
        "The least a model can learn is how often each token comes; then, which follows which. "
        "Both can be had by counting: a **unigram** knows the frequencies, a **bigram** looks at "
        "one token, a **trigram** at two. What a model predicts better than these it takes from "
        "further back."
    )
    st.latex(r"\text{loss} = -\frac{1}{N} \sum_{i=1}^{N} \ln p(x_i \mid x_{<i})")
    measured = over_snapshots(model, _losses)
    counted = _counted_losses(model)
    steps = list(measured)
    means = {step: float(np.nanmean(losses)) for step, losses in measured.items()}
    levels = {name: float(np.nanmean(losses)) for name, losses in counted.items()}
    st.markdown(_overtaken(means, levels, model.config.vocabulary_size))
    lines = {"model": list(means.values())}
    figure = figures.lines_over_steps(steps, lines, "validation loss (nats)", levels)
    alt = "The loss over the training steps, with lines where counting stands"
    show_chart(figure, key="loss over steps", alt=alt)

    st.markdown("#### How far back it looks")
    st.markdown(
        "The same tokens, sorted by how many there were to look at. While the model only counts, "
        "more context is of no use to it and the line is flat."
    )
    _by_context(model, measured, counted)
    num_tokens = int((~np.isnan(next(iter(measured.values())))).sum())
    st.caption(
        f"Computed from all {len(steps)} snapshots on the same {num_tokens:,} validation tokens; "
        "the n-grams count in the training data of this run and are interpolated by the number of "
        "different followers (Witten and Bell, 1991). Like the model they see no further than the "
        "window begins."
    )


def _by_context(
    model: Model, measured: dict[int, np.ndarray], counted: dict[str, np.ndarray]
) -> None:
    bands = [
        band
        for band in explain.context_bands(next(iter(measured.values())).shape[1])
        if not all(np.isnan(losses[:, band.positions]).all() for losses in measured.values())
    ]
    if model.task == "language-model" and bands[-1].longest > EARLY:
        st.markdown(_context_helps(measured, bands))  # elsewhere the last tokens differ in kind

    def by_band(losses: np.ndarray) -> list[float]:
        return [explain.mean_and_error(losses[:, band.positions])[0] for band in bands]

    steps = list(measured)
    chosen = np.unique(np.linspace(0, len(steps) - 1, SHOWN_STEPS).round().astype(int))
    lines = {f"step {steps[index]:,}": by_band(measured[steps[index]]) for index in chosen}
    compared = {name: by_band(counted[name]) for name in ("bigram", "trigram")}
    figure = figures.loss_by_context([band.name for band in bands], lines, compared)
    alt = "The loss by the number of tokens there are to look at"
    show_chart(figure, key="loss by context", alt=alt)


def _overtaken(means: dict[int, float], levels: dict[str, float], vocabulary_size: int) -> str:
    """When the model overtook what by counting is reached, in sentences."""
    first, last = min(means), max(means)
    sentences = [
        f"After step {first:,} the loss is **{means[first]:.2f}** nats; guessing evenly among all "
        f"{vocabulary_size:,} tokens would have {np.log(vocabulary_size):.2f}."
    ]
    for name, level in levels.items():
        step = stays_below(means, level)
        sentences.append(
            f"From step **{step:,}** on it predicts better than the {name} ({level:.2f})."
            if step is not None
            else f"It does not stay better than the {name} ({level:.2f})."
        )
    sentences.append(f"After step {last:,} the loss is **{means[last]:.2f}**.")
    return " ".join(sentences)


def _context_helps(measured: dict[int, np.ndarray], bands: "list[explain.ContextBand]") -> str:
    """From which step on late tokens are predicted better, and how far back helps in the end."""
    *early, late = (band for band in bands if band.longest <= EARLY or band == bands[-1])
    gains = {
        step: _loss_change(losses, slice(0, early[-1].longest), late.positions)
        for step, losses in measured.items()
    }
    since = stays_below(gains, 0)
    if since is None:
        return (
            f"Tokens with {late.name} tokens to look at are not clearly better predicted than "
            f"those with at most {early[-1].longest}."
        )
    last = list(measured.values())[-1]
    *_, furthest = [
        band
        for before, band in pairwise(bands)
        if _loss_change(last, before.positions, band.positions) < 0
    ] or [late]
    return (
        f"From step **{since:,}** on tokens with {late.name} tokens to look at are clearly better "
        f"predicted than those with at most {early[-1].longest}. At the end the loss falls up to "
        f"{furthest.name} tokens. (Differences below {SURE} standard errors do not count.)"
    )


def _loss_change(losses: np.ndarray, before: slice, after: slice) -> float:
    """How much the loss rises at least from some positions to others; below 0 it surely falls."""
    (first, first_error), (second, second_error) = (
        explain.mean_and_error(losses[:, positions]) for positions in (before, after)
    )
    return second - first + SURE * float(np.hypot(first_error, second_error))


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _losses(model: Model) -> np.ndarray:
    """(B, T) of the whole validation sample, shorter sequences filled up."""
    network = model.load().model
    sample = validation_sample(data_of(model), MOST_TOKENS)
    return _stacked([explain.token_losses(network, batch.inputs, batch.labels) for batch in sample])


@st.cache_data(max_entries=16, show_spinner="Counting what it learned from …", hash_funcs=BY_FOLDER)
def _counted_losses(model: Model) -> dict[str, np.ndarray]:
    data = data_of(model)
    learned = [(read_by_decoder(batch), batch.labels) for batch in training_examples(data)]
    counted = explain.NGrams(learned, data.tokenizer.vocabulary_size)
    sample = validation_sample(data, MOST_TOKENS)
    return {
        name: _stacked(
            [counted.losses(read_by_decoder(batch), batch.labels, order) for batch in sample]
        )
        for name, order in ORDERS.items()
    }


def _stacked(losses: list[np.ndarray]) -> np.ndarray:
    longest = max(each.shape[1] for each in losses)
    filled = [
        np.pad(each, ((0, 0), (0, longest - each.shape[1])), constant_values=np.nan)
        for each in losses
    ]
    return np.concatenate(filled).astype("float32")
