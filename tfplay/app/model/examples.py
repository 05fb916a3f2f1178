"""What to try a model on: what its card proposes, or something from its own data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from tfplay.app.model.model_code import load_model_code
from tfplay.cutting import whole_letters
from tfplay.errors import InputError
from tfplay.store import Run, open_run
from tfplay.text.corpora import CORPORA

MOST_EXAMPLES = 6
LONGEST_BEGINNING = 40  # characters

# What of an example a visitor would type in, by the task.
_TRIES: dict[str, Callable[[Any], Any]] = {
    "translation": lambda pair: pair.source,
    "language-model": lambda text: whole_letters(text, LONGEST_BEGINNING).strip(),
    "masked-words": lambda text: text,
    "classification": lambda example: example.text,
    "tagging": lambda sentence: " ".join(sentence.words),
    "answers": lambda each: {"question": each.question, "context": each.context},
    "chat": lambda conversation: next(
        message["content"] for message in conversation if message["role"] == "user"
    ),
}


def run_examples(run: Run) -> list[Any]:
    """Some texts to try the model on; dictionaries of a question and its context for "answers".

    Returns:
        At most six; none if the run's data is gone, or is not text.
    """
    return (run.examples or _from_data(run.path))[:MOST_EXAMPLES]


def run_example(run: Run) -> str:
    """The first of `run_examples` that is a text; empty if there is none."""
    return next((example for example in run_examples(run) if isinstance(example, str)), "")


@st.cache_data(max_entries=64, show_spinner=False)
def _from_data(path: Path) -> list[Any]:
    """From held-out examples for a shipped model, otherwise texts of middling length."""
    run = open_run(path)
    as_try = _TRIES.get(run.recipe.task)
    if as_try is None:
        return []
    if run.is_shipped:
        corpus = CORPORA[Path(run.recipe.data_name).stem]
        return [as_try(each) for each in corpus.examples("held-out", MOST_EXAMPLES, 0)]
    tries = [as_try(example) for example in _read(run)]
    if tries and isinstance(tries[0], str):
        tries = sorted(filter(None, set(tries)), key=lambda text: (len(text), text))
    middle = len(tries) // 2
    return tries[middle : middle + MOST_EXAMPLES]


def _read(run: Run) -> list[Any]:
    load_model_code()
    from tfplay.tasks import TASKS

    try:
        examples = TASKS[run.recipe.task].read(run.data_path, run.recipe.columns)
    except InputError:  # a model is of use without its data
        return []
    return examples.split("\n") if isinstance(examples, str) else examples
