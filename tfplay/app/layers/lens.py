"""The logit lens: what each layer would answer if it were the last."""

import numpy as np
import streamlit as st

from tfplay import decoding, explain, figures
from tfplay.app.frame.layout import plain
from tfplay.app.layers.asked import Asked
from tfplay.app.lesson import Subject, Traced, below_picture, exports, source_caption, tries
from tfplay.app.widgets.chart import show_chart

LONGEST = 48
"""Columns that can still be read; of a longer text those around what is asked are shown."""

MOST_TOLD = 8
"""Levels that are told in a sentence; the picture has all of them."""

WORDS = (
    "Each block adds to the residual stream, and the model reads its answer off the end of it. The "
    "**logit lens** reads it off earlier, with the model's own last norm and head, as if the later "
    "blocks were not there. Only the last row was ever trained to be read so: what the rows above "
    "say is what a later layer would find if nothing else came."
)
FORMULA = r"\text{logits}_n = \mathrm{unembed}(\mathrm{norm}(x_n)), \qquad n = 0, \dots, N"


def lens_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """The likeliest answer of every level at every place, and the asked one's way up.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: The answer that is followed.
    """
    model, row, choice = subject.load().model, asked.answer.row, asked.answer.choice
    if subject.task == "answers" or row is None:
        probabilities = decoding.probabilities(explain.logit_lens(model, found.trace))
        values, columns, texts = _choices(found, asked, probabilities)
        titles = ("", "answer")
        own = (probabilities if row is None else probabilities[:, row])[:, choice]
    else:
        likeliest = explain.likeliest_by_level(model, found.trace, row, choice)
        values, columns, texts = _places(found, asked, likeliest)
        titles, own = ("", "at this token"), likeliest.asked
    names = level_names(len(own))
    figure = figures.grid(values, names, columns, "", texts, ".0%", titles, limits=(0, 1))
    show_chart(figure, key="lens", alt="The likeliest answer of each level at each place")
    st.markdown(f"{asked.question}: {_way(own, names)}")
    table = [
        {"level": level, "place": column, "answer": text, "probability": float(value)}
        for level, line, words in zip(names, values, texts, strict=True)
        for column, value, text in zip(columns, line, words, strict=True)
    ]
    with below_picture("lens", WORDS, FORMULA):
        exports("lens", figure, table)
    if subject.text:
        tries({"The text without its last word": {subject.text_key: shortened(subject.text)}})
    source_caption(subject, "one forward pass; the colour is the probability of the word shown.")


def level_names(count: int) -> list[str]:
    """What the levels of the residual stream are called."""
    return ["embeddings", *(f"after block {number}" for number in range(1, count))]


def around(row: int | None, length: int, most: int = LONGEST) -> range:
    """The places around one, at most so many."""
    if length <= most:
        return range(length)
    start = min(max(0, (row or 0) - most // 2), length - most)
    return range(start, start + most)


def _places(found: Traced, asked: Asked, likeliest: "explain.Likeliest"):
    """The likeliest choice at each token: probabilities, columns and words."""
    places = around(asked.answer.row, likeliest.choices.shape[1])
    shown = slice(places.start, places.stop)
    texts = [[asked.name(int(choice)) for choice in line] for line in likeliest.choices[:, shown]]
    columns = [f"{i + 1}. {found.target_tokens[i]}" for i in places]
    return likeliest.probabilities[:, shown], columns, texts


def _choices(found: Traced, asked: Asked, probabilities: np.ndarray):
    """Each choice of the one row: classes, or the tokens where a span begins or ends."""
    row = asked.answer.row
    shown = probabilities if row is None else probabilities[:, row]
    places = around(asked.answer.choice, shown.shape[1])
    shown = shown[:, places.start : places.stop]
    texts = [[f"{value:.0%}" for value in line] for line in shown]
    return shown, [asked.name(i) for i in places], texts


def _way(probabilities: np.ndarray, names: list[str]) -> str:
    """The probability at each level, or some of many, and since which it stays above one half."""
    told = sorted({*np.linspace(0, len(names) - 1, MOST_TOLD).round().astype(int).tolist()})
    steps = [f"{names[level]} {probabilities[level]:.1%}" for level in told]
    below = np.flatnonzero(probabilities <= 0.5)
    since = below[-1] + 1 if below.size else 0
    crossing = f" Above 50% from **{names[since]}** on." if since < len(names) else ""
    return f"{plain(', '.join(steps))}.{crossing}"


def shortened(text: str) -> str:
    """The text without its last word, if it has more than one."""
    return " ".join(text.split()[:-1]) or text
