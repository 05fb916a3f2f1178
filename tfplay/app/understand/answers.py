"""The answer to a question, in the passage it stands in."""

import streamlit as st

from tfplay import figures
from tfplay.app.layout import errors_shown
from tfplay.app.loading import run_trained
from tfplay.app.runs import choose_run
from tfplay.app.spans import MarkedSpan, spans_html
from tfplay.app.steps import choose_step
from tfplay.app.text_input import passage_and_question
from tfplay.text.words import normalize


def answers_view() -> None:
    """A passage and a question; the answer marked where it stands."""
    run = choose_run("answers", purpose="to answer from a passage with")
    step = choose_step(run)
    context, question = passage_and_question(run)
    with errors_shown():
        trained = run_trained(run, step)
        from tfplay.tasks import answer  # with Keras, once a model is there

        found = answer(trained, question, context)

    with st.container(border=True, key="answer"):
        st.caption(f"Answer · {found.probability:.1%}")
        st.text(found.text)
    st.html(spans_html(normalize(context), [MarkedSpan(found.start, found.end)]))
    st.caption("For every token of the passage: how likely the answer begins and ends there.")
    figure = figures.span_probabilities(
        [piece.token.removeprefix("␣") for piece in found.tokens],
        found.start_probabilities,
        found.end_probabilities,
    )
    alt = "Where the answer begins and ends"
    st.plotly_chart(figure, key="answer places", alt=alt)
