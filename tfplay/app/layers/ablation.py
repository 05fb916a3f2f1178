"""Ablation: what the model answers without one of its parts."""

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.layout import controls, fragment, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.layers.asked import Asked
from tfplay.app.lesson import Subject, Traced, below_picture, exports, source_caption, tries
from tfplay.app.model.loading import BY_VERSION
from tfplay.app.widgets.chart import show_chart

MEASURES = ("Loss", "Probability")
WORDS = (
    "Each cell is a forward pass of its own, with one part switched off: a head's or FFN's output "
    "is replaced by zeros, a whole block is passed by. A part that the answer needs makes the loss "
    "rise; where little happens, others do its work or it has none here."
)
FORMULA = r"\Delta L = -\log p_{\text{without}}(\text{answer}) + \log p(\text{answer})"
_COLUMNS = {
    "self_attention": "head {}",
    "cross_attention": "cross {}",
    "feed_forward": "FFN",
    "layer": "whole block",
}


@fragment
def ablation_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """The change of the answer with each head, feed-forward network and block switched off.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: The answer whose loss and probability change.
    """
    parts = explain.all_parts(subject.load().model)
    rows = _without_each(subject, asked.answer.row, found)
    answer = explain.Answer(None, asked.answer.choice)
    before = asked.answer.logits(found.trace.logits)
    with controls("ablation"):
        measure = choose_one("Change of", MEASURES, MEASURES[0], "ablation measure", link="measure")
    measured = answer.loss if measure == MEASURES[0] else answer.probability
    changes = measured(rows) - measured(before)
    new = [asked.name(int(choice)) for choice in rows.argmax(axis=-1)]
    names = list(dict.fromkeys(f"{part.stack} {part.layer + 1}" for part in parts))
    order = list(_COLUMNS)
    parts_in_order = sorted(parts, key=lambda part: (order.index(part.sublayer), part.head or 0))
    columns = list(dict.fromkeys(map(_column, parts_in_order)))
    values = np.full((len(names), len(columns)), np.nan)
    texts = np.full(values.shape, "", object)
    for part, change, said in zip(parts, changes, new, strict=True):
        cell = names.index(f"{part.stack} {part.layer + 1}"), columns.index(_column(part))
        values[cell], texts[cell] = change, said
    number_format = "+.2f" if measure == MEASURES[0] else "+.0%"
    figure = figures.grid(values, names, columns, "change", number_format=number_format)
    show_chart(figure, key="ablation", alt=f"Change of {measure.lower()} without each part")
    worst = int(answer.loss(rows).argmax())
    st.markdown(
        f"**{plain(asked.answer_name)}** {plain(asked.place)} has "
        f"**{answer.probability(before)[0]:.1%}** with all parts. Without {_told(parts[worst])} it "
        f"has **{answer.probability(rows)[worst]:.1%}**, and the model says "
        f"**{plain(new[worst])}**."
    )
    table = [
        {
            "without": _told(part),
            "loss": float(loss),
            "probability": float(probability),
            "says": said,
        }
        for part, loss, probability, said in zip(
            parts, answer.loss(rows), answer.probability(rows), new, strict=True
        )
    ]
    with below_picture("ablation", WORDS, FORMULA):
        exports("ablation", figure, table)
    with st.expander("What it says without each"):
        st.dataframe(table)
    tries({f"Change of {name.lower()}": {"ablation measure": name} for name in MEASURES})
    source_caption(subject, f"{len(parts)} forward passes in one batch; zero ablation.")


@st.cache_data(
    max_entries=32, show_spinner="Switching off one part after the other …", hash_funcs=BY_VERSION
)
def _without_each(subject: Subject, row: int | None, _found: Traced) -> np.ndarray:
    """The row of logits (parts, choices) without each part."""
    model = subject.load().model
    return explain.logits_without(
        model, _found.trace, explain.all_parts(model), explain.Answer(row, 0)
    )


def _column(part) -> str:
    return _COLUMNS[part.sublayer].format("" if part.head is None else part.head + 1)


def _told(part) -> str:
    name = "all" if part.sublayer == "layer" else _column(part)
    return f"{name} of {part.stack} block {part.layer + 1}"
