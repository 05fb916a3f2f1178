"""Early, middle, deep: what can be read off each layer, asked of the model in hand."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.frame.state import kept_toggle
from tfplay.app.layers.lens import level_names
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.app.widgets.chart import show_chart
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, Batch, TrainedModel
from tfplay.tasks.batches import bucket_length, collate
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.reviews import GRAMMAR

MOST_EXAMPLES = 200
MOST_TOKENS = 6000
EXAMPLES_AT_ONCE = 16
DIFFERENCE = 0.01
"""A level is said to be better than another if it tells at least this much more."""

_HELD_OUT = "held-out"

WORDS = (
    "Many notes say: *early layers see words and neighbours, middle layers build phrases, deep "
    "layers hold meaning and the task*. Here that is put to the model in hand. At each level a "
    "**linear probe** learns, from half of some texts of its corpus, to tell from one vector which "
    "token stands there, which stood before, and what the model was trained for; the other half is "
    "the examination. The embeddings know the token and its position only: what is told better "
    "further up, the blocks have added."
)
FORMULA = r"W = (X^\top X + \lambda I)^{-1} X^\top Y, \qquad \hat y = \arg\max_c \, (x W)_c"

LOCAL = ("the token itself", "the token before")
TASK = "what it learned to answer"


@fragment
def probing_view(subject: Subject) -> None:
    """Linear probes at each level, and whether the notes' claim holds here.

    Args:
        subject: The model; the texts are its corpus's.
    """
    key = "run probes"
    if kept_toggle("Probe every layer (a few seconds)", True, "probes", key):
        with errors_shown(then_stop=False):
            _show(subject, _probes(subject.model))
    else:
        st.markdown(WORDS)
        st.latex(FORMULA)
    tries({"Probe every layer": {key: True}, "Do without": {key: False}})


def _show(subject: Subject, probes: "dict[str, explain.Probe]") -> None:
    levels = list(range(len(next(iter(probes.values())).accuracy)))
    lines = {name: (levels, each.accuracy) for name, each in probes.items()}
    figure = figures.curves(lines, "blocks passed (0: the embeddings)", "told right")
    figure.update_layout(yaxis_tickformat=".0%", xaxis_dtick=1)
    show_chart(figure, key="probing", alt="Accuracy of each probe by level")
    st.markdown("\n".join(f"- {line}" for line in told(probes)))
    st.markdown(f"**{verdict(probes)}**")
    counts = ", ".join(
        f"{name}: {each.examples:,} tokens of the {each.classes} commonest classes, "
        f"{each.commonest:.0%} by always saying the commonest"
        for name, each in probes.items()
    )
    source = f"on texts of its corpus, not the one above; {counts}."
    table = [
        {
            "probe": name,
            "blocks passed": level,
            "accuracy": float(value),
            "commonest": each.commonest,
        }
        for name, each in probes.items()
        for level, value in enumerate(each.accuracy)
    ]
    with below_picture("probing", WORDS, FORMULA):
        exports("probing", figure, table)
    source_caption(subject, source, of_input=False)


def told(probes: "dict[str, explain.Probe]") -> list[str]:
    """Where each thing is read best, in Markdown."""
    lines = []
    for name, each in probes.items():
        names = level_names(len(each.accuracy))
        best = int(each.accuracy.argmax())
        ends = f"{each.accuracy[0]:.0%} at the embeddings, {each.accuracy[-1]:.0%} at the end"
        lines.append(f"{name}: best **{names[best]}**, {each.accuracy[best]:.0%} ({ends})")
    return lines


def verdict(probes: "dict[str, explain.Probe]") -> str:
    """Whether what is local is read best below what the model was trained for."""
    peaks = {
        name: int(np.argmax(each.accuracy >= each.accuracy.max() - DIFFERENCE))
        for name, each in probes.items()
    }
    local = [peak for name, peak in peaks.items() if name in LOCAL]
    if TASK not in peaks:
        return "This model does not classify tokens or texts, so only half of the claim is tested."
    if max(local) < peaks[TASK]:
        return (
            "The claim holds here: words and neighbours are read best at an earlier level than "
            "what the model was trained for."
        )
    if min(local) < peaks[TASK]:
        return "The claim holds in part here: some of what is local is read best at an early level."
    return "The claim does not hold here: what is local is read no earlier than the task."


@st.cache_data(max_entries=32, show_spinner="Probing every layer …", hash_funcs=BY_VERSION)
def _probes(model: Model) -> "dict[str, explain.Probe]":
    trained = load_trained(model)
    batches = probed_batches(model, trained)
    stream = explain.residual_stream(trained.model, [batch.inputs for batch in batches])
    labels = {LOCAL[0]: stream.token_ids, LOCAL[1]: stream.neighbours(-1)}
    wanted = _wanted(batches)
    if wanted is not None:
        labels[TASK] = wanted
    return {name: explain.probe(stream, each) for name, each in labels.items()}


def _wanted(batches: list[Batch]) -> np.ndarray | None:
    """(N,): what is to be answered at each token, or of its text; `None` for spans."""
    found = []
    for inputs, labels in batches:
        real = inputs.get("decoder_padding_mask", inputs.get("padding_mask"))
        if labels.shape not in (real.shape, real.shape[:1]):
            return None
        by_text = labels.reshape(len(labels), -1)
        found.append(np.broadcast_to(by_text, real.shape)[real])
    return np.concatenate(found)


def probed_batches(model: Model, trained: TrainedModel) -> list[Batch]:
    """Texts of the model's corpus that it was not trained on, or of its own data."""
    task = TASKS[model.task]
    encoded = task.encode_all(_examples(model, task), trained.input_format)
    encoded = [each for each in encoded if each.length <= trained.context]
    lengths = np.cumsum([each.length for each in encoded])
    encoded = encoded[: max(2, int(np.searchsorted(lengths, MOST_TOKENS)))]
    if len(encoded) < 2:
        raise InputError(
            "A probe needs at least two texts: one to learn from and one to be tested on."
        )
    chunks = [encoded[i : i + EXAMPLES_AT_ONCE] for i in range(0, len(encoded), EXAMPLES_AT_ONCE)]
    return [
        collate(
            chunk,
            bucket_length(max(each.length for each in chunk), trained.context),
            trained.tokenizer.pad_id,
        )
        for chunk in chunks
    ]


def _examples(model: Model, task: Any) -> Any:
    if model.origin != "shipped":
        return task.few(model.read_data(), MOST_EXAMPLES)
    corpus = ZOO_CORPORA.get(model.corpus or "")
    if corpus is None:
        raise InputError(f"The texts that {model.title} learned from are not here.")
    part = _HELD_OUT if _HELD_OUT in corpus.parts else GRAMMAR  # what needs no file of others
    with TemporaryDirectory() as folder:  # through a file, as a visitor's texts are read
        path = Path(folder, f"texts{task.about.formats[0]}")
        task.write(path, corpus.examples(part, MOST_EXAMPLES, seed=0))
        return task.read(path)
