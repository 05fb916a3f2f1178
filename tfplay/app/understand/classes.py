"""Which class a text belongs to."""

import streamlit as st

from tfplay import figures
from tfplay.app.layout import errors_shown, plain
from tfplay.app.loading import run_trained
from tfplay.app.runs import choose_run
from tfplay.app.steps import choose_step
from tfplay.app.text_input import text_to_try


def classes_view() -> None:
    """A text, and the probability of each class."""
    run = choose_run("classification", purpose="to classify texts with")
    step = choose_step(run)
    text = text_to_try(run)
    with errors_shown():
        trained = run_trained(run, step)
        from tfplay.tasks import classify  # with Keras, once a model is there

        [probabilities] = classify(trained, [text])
    class_probabilities(probabilities)


def class_probabilities(probabilities: dict[str, float]) -> None:
    """The likeliest class in words, and all of them as bars, the likeliest first."""
    ranked = sorted(probabilities.items(), key=lambda item: -item[1])
    best, probability = ranked[0]
    st.markdown(f"#### {plain(best)} :gray[{probability:.1%}]")
    alt = "The probability of each class"
    st.plotly_chart(figures.probability_bars(ranked), key="classes", alt=alt)
