"""Which class a text belongs to."""

import streamlit as st

from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.lesson import choose_subject
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import load_trained
from tfplay.app.understand.explained import explained
from tfplay.app.understand.notes import cut_note, reading_notes
from tfplay.app.understand.xray import text_xray, xray
from tfplay.app.widgets.bars import bars
from tfplay.tasks import classify


def classes_view() -> None:
    """A text, and the probability of each class."""
    purpose = "to classify texts with"
    model, text, _ = choose_subject("classification", purpose=purpose, preferred="reviews")
    with errors_shown():
        trained = load_trained(model)
        [probabilities] = classify(trained, [text])
    reading_notes(trained, text)
    cut_note(trained.tokenizer, text, trained.context - 2)
    class_probabilities(probabilities)
    show_judgement(trained.judge(text, max(probabilities.values())))
    xray(lambda: text_xray(explained(model, text), model.id))


def class_probabilities(probabilities: dict[str, float]) -> None:
    """The likeliest class in words, and all of them as bars, the likeliest first."""
    ranked = sorted(probabilities.items(), key=lambda item: -item[1])
    best, probability = ranked[0]
    st.markdown(f"#### {plain(best)} :gray[{probability:.1%}]")
    bars(ranked, "classes", "The probability of each class")
