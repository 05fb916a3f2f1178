"""What to try a model on: what its card proposes, or something from its own data."""

from pathlib import Path
from typing import Any

import streamlit as st

from tfplay.errors import InputError
from tfplay.store import Run, open_run
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA

MOST_EXAMPLES = 6


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
    task = TASKS[run.recipe.task]
    if not task.about.reads_text:
        return []
    if run.is_shipped:
        corpus = CORPORA[Path(run.recipe.data_name).stem]
        return [task.as_typed(each) for each in corpus.examples("held-out", MOST_EXAMPLES, 0)]
    tries = [task.as_typed(example) for example in _read(run)]
    if tries and isinstance(tries[0], str):
        tries = sorted(filter(None, set(tries)), key=lambda text: (len(text), text))
    middle = len(tries) // 2
    return tries[middle : middle + MOST_EXAMPLES]


def _read(run: Run) -> list[Any]:
    try:
        examples = TASKS[run.recipe.task].read(run.data_path, run.recipe.columns)
    except InputError:  # a model is of use without its data
        return []
    return examples.split("\n") if isinstance(examples, str) else examples
