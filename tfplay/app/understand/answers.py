"""The answer to a question, in the passage it stands in."""

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import errors_shown
from tfplay.app.lesson import choose_subject
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import load_trained
from tfplay.app.understand.explained import Explained, explained
from tfplay.app.understand.notes import reading_notes, windows_note
from tfplay.app.understand.xray import text_xray, xray
from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.spans import MarkedSpan, spans_html
from tfplay.store import Model
from tfplay.tasks import PassageAnswer, answer, text_asked

MOST_BARS = 60
"""Tokens of a passage that have bars; of a longer passage those around the answer."""


def answers_view() -> None:
    """A passage and a question; the answer marked where it stands."""
    model, context, question = choose_subject("answers", purpose="to answer from a passage with")
    with errors_shown():
        trained = load_trained(model)
        found = answer(trained, question, context)

    reading_notes(trained, question, context)
    windows_note(found.windows)
    with st.container(border=True, key="answer", horizontal=True, vertical_alignment="center"):
        st.text(found.text)
        st.caption(f"Answer · {found.probability:.1%}", width="content")
    show_judgement(trained.judge(text_asked(question, context), found.certainty))
    st.html(spans_html(context, [MarkedSpan(found.start, found.end)]))
    _places(found)
    xray(lambda: _answer_xray(model, question, context, found))


def _answer_xray(model: Model, question: str, context: str, found: PassageAnswer) -> None:
    rests_on = explained(model, question, context, (found.start, found.end))
    if len(found.windows) > 1:
        _part_note(rests_on, len(found.tokens))
    text_xray(rests_on, model.id, ("Question", "Passage"))


def _part_note(rests_on: Explained, num_tokens: int) -> None:
    """Says how much of a long passage the X-ray is of."""
    of_passage = np.count_nonzero(rests_on.effects.inputs["segment_ids"]) - 1  # with the end token
    st.caption(
        f"Of the passage's {num_tokens:,} tokens the X-ray reads the {of_passage:,} around the "
        "answer, by themselves."
    )


def _places(found: PassageAnswer) -> None:
    """For each token how likely the answer begins and ends there."""
    count = len(found.tokens)
    middle = next(i for i, piece in enumerate(found.tokens) if piece.end > found.start)
    start = max(0, min(middle - MOST_BARS // 2, count - MOST_BARS))
    shown = slice(start, start + MOST_BARS)
    which = (
        f"the {MOST_BARS} tokens around the answer"
        if count > MOST_BARS
        else "every token of the passage"
    )
    st.caption(f"For {which}: how likely the answer begins and ends there.")
    figure = figures.span_probabilities(
        [piece.token.removeprefix("␣") for piece in found.tokens[shown]],
        found.start_probabilities[shown],
        found.end_probabilities[shown],
    )
    show_chart(figure, key="answer places", alt="Where the answer begins and ends")
