"""What to try a model on: what its card proposes, or something from what it learned from."""

from typing import Any

import streamlit as st

from tfplay.app.model.loading import BY_FOLDER
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA

MOST_EXAMPLES = 6
EVERYDAY_SENTENCES = [
    "The train to London leaves at nine.",
    "She gave her brother the book because he had asked for it.",
    "It was cold, so we stayed at home.",
]
EVERYDAY: dict[str, list[Any]] = {
    "chat": [
        "What is the capital of France?",
        "Name three animals that live in the sea.",
        "Write one sentence about rain.",
    ],
    "language-model": ["Once upon a time", "The best thing about winter is", "To bake bread, you"],
    "masked-words": [
        "The capital of France is [MASK].",
        "She drank a cup of [MASK].",
        "The [MASK] barked all night.",
    ],
    "answers": [
        {
            "question": "Who painted the ceiling?",
            "context": "Michelangelo painted the ceiling of the chapel between 1508 and 1512.",
        }
    ],
}
"""What a model is tried on of which nobody here knows what it learned from."""


def examples_of(model: Model) -> list[Any]:
    """Some texts to try the model on; dictionaries of a question and its context for "answers".

    Returns:
        At most six; none if what it learned from is gone, not known, or not text.
    """
    return [*(model.examples or _from_data(model))][:MOST_EXAMPLES]


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=BY_FOLDER)
def _from_data(model: Model) -> list[Any]:
    """Held-out examples of what a shipped model learned, everyday sentences for one of others.

    For a model that was trained here they are texts of middling length that it learned from.
    """
    if not model.reads_text:
        return []
    if model.origin == "opened":
        return EVERYDAY.get(model.task, EVERYDAY_SENTENCES)
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
