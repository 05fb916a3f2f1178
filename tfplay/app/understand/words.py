"""Which word stands behind a mask."""

from collections.abc import Collection

import streamlit as st

from tfplay import figures
from tfplay.app.layout import errors_shown
from tfplay.app.loading import run_trained
from tfplay.app.runs import choose_run
from tfplay.app.spans import MarkedSpan, spans_html
from tfplay.app.steps import choose_step
from tfplay.app.text_input import text_to_try
from tfplay.text.words import WORD_PATTERNS, normalize

MASK = "[MASK]"
MOST_CANDIDATES = 8
MOST_WORDS = 40
"""Of a longer text only the first so many words have a button."""


def words_view() -> None:
    """A text with masks in it, and what may stand behind each."""
    run = choose_run("masked-words", purpose="to find masked words with")
    step = choose_step(run)
    text = normalize(text_to_try(run))
    places = word_places(text)[:MOST_WORDS]
    hidden = st.pills(
        "Hide words",
        range(len(places)),
        selection_mode="multi",
        default=[] if MASK in text else [len(places) // 2] if places else [],
        format_func=lambda index: text[slice(*places[index])].replace("[", "\\["),
        key=f"hidden in {run.id} {text}",
    )
    masked = with_masks(text, [places[index] for index in hidden])
    with errors_shown():
        trained = run_trained(run, step)
        from tfplay.tasks import fill  # with Keras, once a model is there

        answers = fill(trained, masked, MOST_CANDIDATES)

    filled, spans = _filled(masked, [answer[0].token for answer in answers])
    with st.container(border=True):
        st.html(spans_html(filled, spans))
    for number, answer in enumerate(answers):
        if len(answers) > 1:
            st.markdown(f"**Mask {number + 1}**")
        bars = figures.probability_bars(answer)
        alt = f"What may stand behind mask {number + 1}"
        st.plotly_chart(bars, key=f"mask {number}", alt=alt)


def word_places(text: str) -> list[tuple[int, int]]:
    """Where the words of a text begin and end, in characters; masks and marks are none."""
    masked = text.replace(MASK, " " * len(MASK))
    matches = WORD_PATTERNS["word"].finditer(masked)
    return [match.span() for match in matches if match.group()[0].isalnum()]


def with_masks(text: str, places: Collection[tuple[int, int]]) -> str:
    """The text with a mask in each of these places."""
    for start, end in sorted(places, reverse=True):
        text = text[:start] + MASK + text[end:]
    return text


def _filled(masked: str, tokens: list[str]) -> tuple[str, list[MarkedSpan]]:
    """The text with a token for each mask, and where these stand."""
    text, *rest = masked.split(MASK)
    spans = []
    for color, (token, part) in enumerate(zip(tokens, rest, strict=True)):
        spans.append(MarkedSpan(len(text), len(text) + len(token), color=color))
        text += token + part
    return text, spans
