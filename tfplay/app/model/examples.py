"""What to try a model on: what its card proposes, or something from what it learned from."""

from typing import Any

import streamlit as st

from tfplay.app.model.loading import BY_FOLDER
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA

MOST_EXAMPLES = 6


def examples_of(model: Model) -> list[Any]:
    """Some texts to try the model on; dictionaries of a question and its context for "answers".

    Returns:
        At most six; none if what it learned from is gone, not known, or not text.
    """
    return [*(model.examples or _from_data(model))][:MOST_EXAMPLES]


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=BY_FOLDER)
def _from_data(model: Model) -> list[Any]:
    """From held-out examples for a shipped model, otherwise texts of middling length."""
    if not model.reads_text:
        return []
    task = TASKS[model.task]
    if model.origin == "shipped":
        held_out = CORPORA[model.corpus].examples("held-out", MOST_EXAMPLES, 0)
        return [task.as_typed(each) for each in held_out]
    tries = [task.as_typed(example) for example in _read(model)]
    if tries and isinstance(tries[0], str):
        tries = sorted(filter(None, set(tries)), key=lambda text: (len(text), text))
    middle = len(tries) // 2
    return tries[middle : middle + MOST_EXAMPLES]


def _read(model: Model) -> list[Any]:
    try:
        examples = model.read_data()
    except InputError:  # a model is of use without its data
        return []
    return examples.split("\n") if isinstance(examples, str) else examples
