"""How large a vocabulary should be: what it costs and what it saves."""

from typing import NamedTuple

import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import controls
from tfplay.app.frame.state import choose_one, kept_number
from tfplay.app.lesson import Subject, below_picture, exports, tries
from tfplay.app.model.loading import learned_tokenizer
from tfplay.app.tokens.choice import (
    NAMES,
    SAMPLE_SIZE,
    SAMPLES,
    sample_text,
    vocabularies_at_hand,
)
from tfplay.app.widgets.chart import show_chart
from tfplay.errors import InputError
from tfplay.text.corpora import CORPORA

SIZES = (300, 600, 1200, 2400, 4800)
MEASURED = 60  # examples
WIDTHS = (32, 1024)
"""The least and the greatest width of an embedding that can be tried."""
COSTS = ("vocabulary (V)", "tokens (T)", "embedding parameters", "attention scores a head")
CORPUS_KEY, WIDTH_KEY = "sizes corpus", "sizes width"
"""Of the widgets in `st.session_state`."""
WORDS = (
    "A larger vocabulary makes shorter sequences, and the price of attention grows with the square "
    "of their length. But each token needs a row in the embedding matrix, and a rare one is hardly "
    "ever seen in training. So BERT has some 30,000 tokens and GPT-2 some 50,000: far fewer than "
    "there are words. Characters and whole words are the two ends: a sequence without end, or "
    "words that are simply unknown."
)
FORMULA = r"\text{parameters} = V \cdot E \qquad \text{attention scores a head} = T^2"


class Size(NamedTuple):
    """What a vocabulary makes of a text."""

    vocabulary: int
    tokens: int
    unknown: int


def sizes_view(subject: Subject) -> None:
    """Vocabulary size against sequence length, for each kind of tokenizer."""
    own = subject.model.config.hidden_dim
    with controls("sizes"):
        corpus = choose_one(
            *("Learn from", SAMPLES, SAMPLES[0], CORPUS_KEY, st.selectbox),
            link="corpus",
            format_func=lambda name: CORPORA[name].title,
        )
        low, high = WIDTHS
        width = kept_number(
            "Width of an embedding (E)",
            **{"low": low, "high": high, "usual": min(max(own, low), high), "step": 32},
            name="width",
            key=WIDTH_KEY,
            width=320,
        )
    measured = measured_sizes(corpus)
    lines = {
        name: ([each.vocabulary for each in sizes], [each.tokens for each in sizes])
        for name, sizes in measured.items()
    }
    chart = figures.curves(
        lines, "vocabulary size (V)", "tokens of the held-out text (T)", logarithmic=True
    )
    show_chart(chart, key="sizes", alt="Tokens of a text by the size of the vocabulary")
    characters = len(sample_text(corpus, "held-out", MEASURED))
    table = size_table(measured, characters, width)
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "unknown": st.column_config.NumberColumn(format="percent"),
            "characters per token": st.column_config.NumberColumn(format="%.2f"),
            **dict.fromkeys(COSTS, st.column_config.NumberColumn(format="localized")),
        },
        key="sizes table",
    )
    with below_picture("sizes", WORDS, FORMULA):
        exports("sizes", chart, table)
    tries({CORPORA[name].title: {CORPUS_KEY: name} for name in SAMPLES})
    st.caption(
        f"Each vocabulary was learned here from {SAMPLE_SIZE:,} training examples of "
        f"“{CORPORA[corpus].title}” and measured on {characters:,} characters that it had not "
        "seen. A vocabulary stays smaller than it may be where the text gives no reason for more. "
        "Whole words and characters keep their number of tokens, whatever the size: what does not "
        "fit becomes unknown."
    )


@st.cache_data(max_entries=8, show_spinner="Learning vocabularies of many sizes …")
def measured_sizes(corpus: str) -> dict[str, list[Size]]:
    """What vocabularies of each kind and size make of held-out text, by the kind's name."""
    text = sample_text(corpus, "training", SAMPLE_SIZE)
    held_out = sample_text(corpus, "held-out", MEASURED)
    measured = {}
    for kind, name in NAMES.items():
        sizes = {}
        for size in SIZES:
            try:
                tokenizer = learned_tokenizer(kind, text, size)
            except InputError:  # this kind needs more room
                continue
            ids = tokenizer.tokenize(held_out)
            unknown = ids.count(tokenizer.unknown_id)
            sizes[tokenizer.vocabulary_size] = Size(tokenizer.vocabulary_size, len(ids), unknown)
        measured[name] = list(sizes.values())
    for name, tokenizer in vocabularies_at_hand().items():
        ids = tokenizer.tokenize(held_out)
        unknown = ids.count(tokenizer.unknown_id)
        measured[name] = [Size(tokenizer.vocabulary_size, len(ids), unknown)]
    return measured


def size_table(measured: dict[str, list[Size]], characters: int, width: int) -> list[dict]:
    """What each vocabulary costs and saves, a row each."""
    return [
        {
            "tokenizer": name,
            "vocabulary (V)": each.vocabulary,
            "tokens (T)": each.tokens,
            "characters per token": characters / each.tokens,
            "unknown": each.unknown / each.tokens,
            "embedding parameters": each.vocabulary * width,
            "attention scores a head": each.tokens**2,
        }
        for name, sizes in measured.items()
        for each in sizes
    ]
