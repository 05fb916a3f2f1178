"""The answer to a lesson's question, computed once for all who take the lesson."""

import json

import streamlit as st

from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.lessons import Question, computed_answer
from tfplay.store import Model, find_model


def answer_to(question: Question) -> str:
    """What the model answers.

    A lesson's bar asks with every run of a page, and a class' teacher and pupils every few seconds;
    some answers need the weights of a whole training.

    Args:
        question: Of a step.

    Raises:
        InputError: It has no answer.
    """
    model = find_model(question.answer["model"])
    if model is None or not model.is_usable:  # it is gone, or still learns
        return computed_answer(question.answer, load_trained)
    return _computed(model, json.dumps(question.answer))


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_VERSION)
def _computed(model: Model, computation: str) -> str:
    """Kept for as long as the model's weights are the same."""
    return computed_answer(json.loads(computation), load_trained)
