"""From counting to context: when a model overtakes what counting predicts."""

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.learned.measuring import over_snapshots, stays_below
from tfplay.app.model.data import data_of
from tfplay.app.model.loading import BY_FOLDER, BY_VERSION
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.experiments.context import (
    MOST_TOKENS,
    SURE,
    ContextMeasures,
    context_measures,
    counted_losses,
    shipped_context,
    snapshot_losses,
)
from tfplay.store import Model
from tfplay.tasks import validation_sample

SHOWN_STEPS = 4


def context_view(model: Model) -> None:
    """The loss over the steps and by context, beside what counting reaches on the same tokens."""
    shipped = shipped_context(model)
    measured = shipped or _measured(model)
    show_words(_overtaken(measured), "overtaken")
    figure = figures.lines_over_steps(
        list(measured.means),
        {"model": list(measured.means.values())},
        "validation loss (nats)",
        measured.levels,
    )
    alt = "The loss over the training steps, with lines where counting stands"
    show_chart(figure, key="loss over steps", alt=alt)
    if shipped:
        _say_it_is_shipped(model)
    st.markdown(
        "The least a model can learn is how often each token comes; then, which follows which. "
        "Both can be had by counting: a **unigram** knows the frequencies, a **bigram** looks at "
        "one token, a **trigram** at two. What a model predicts better than these it takes from "
        "further back."
    )
    st.latex(r"\text{loss} = -\frac{1}{N} \sum_{i=1}^{N} \ln p(x_i \mid x_{<i})")

    st.markdown("#### How far back it looks")
    st.markdown(
        "The same tokens, sorted by how many there were to look at. While the model only counts, "
        "more context is of no use to it and the line is flat."
    )
    if model.task == "language-model" and measured.helping:
        show_words(_context_helps(measured), "helping")  # elsewhere the last tokens differ in kind
    _by_context(measured)
    st.caption(
        f"Computed from all {len(measured.means)} snapshots on the same {measured.num_tokens:,} "
        "validation tokens; the n-grams count in the training data of this run and are "
        "interpolated by the number of different followers (Witten and Bell, 1991). Like the model "
        "they see no further than the window begins."
    )


def _say_it_is_shipped(model: Model) -> None:
    recipe = model.learned_from.recipe
    words = (
        f"**Came with TFPlay**: measured on its snapshots of a real training of "
        f"{model.parameters:,} parameters, {recipe.training.steps:,} steps from seed "
        f"{recipe.training.seed}, by `python -m tfplay zoo snapshots {model.id}`. Train a model of "
        "your own to watch it here."
    )
    show_words(words, "shipped", st.caption)


def _by_context(measured: ContextMeasures) -> None:
    steps = list(measured.losses)
    chosen = np.unique(np.linspace(0, len(steps) - 1, SHOWN_STEPS).round().astype(int))
    lines = {f"step {steps[index]:,}": measured.losses[steps[index]] for index in chosen}
    compared = {name: measured.counted[name] for name in ("bigram", "trigram")}
    figure = figures.loss_by_context(measured.bands, lines, compared)
    alt = "The loss by the number of tokens there are to look at"
    show_chart(figure, key="loss by context", alt=alt)


def _overtaken(measured: ContextMeasures) -> str:
    """When the model overtook what by counting is reached, in sentences."""
    means = measured.means
    first, last = min(means), max(means)
    sentences = [
        f"After step {first:,} the loss is **{means[first]:.2f}** nats; guessing evenly among all "
        f"{measured.vocabulary_size:,} tokens would have {np.log(measured.vocabulary_size):.2f}."
    ]
    for name, level in measured.levels.items():
        step = stays_below(means, level)
        sentences.append(
            f"From step **{step:,}** on it predicts better than the {name} ({level:.2f})."
            if step is not None
            else f"It does not stay better than the {name} ({level:.2f})."
        )
    sentences.append(f"After step {last:,} the loss is **{means[last]:.2f}**.")
    return " ".join(sentences)


def _context_helps(measured: ContextMeasures) -> str:
    """From which step on late tokens are predicted better, and how far back helps in the end."""
    latest = measured.bands[-1]
    since = stays_below(measured.helping, 0)
    if since is None:
        return (
            f"Tokens with {latest} tokens to look at are not clearly better predicted than those "
            f"with at most {measured.early}."
        )
    return (
        f"From step **{since:,}** on tokens with {latest} tokens to look at are clearly better "
        f"predicted than those with at most {measured.early}. At the end the loss falls up to "
        f"{measured.furthest or latest} tokens. (Differences below {SURE} standard errors do not "
        "count.)"
    )


def _measured(model: Model) -> ContextMeasures:
    """Measures every snapshot, each once."""
    losses = over_snapshots(model, _losses)
    return context_measures(losses, _counted_losses(model), model.config.vocabulary_size)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _losses(model: Model) -> np.ndarray:
    return snapshot_losses(model, validation_sample(data_of(model), MOST_TOKENS))


@st.cache_data(max_entries=16, show_spinner="Counting what it learned from …", hash_funcs=BY_FOLDER)
def _counted_losses(model: Model) -> dict[str, np.ndarray]:
    data = data_of(model)
    return counted_losses(data, validation_sample(data, MOST_TOKENS))
