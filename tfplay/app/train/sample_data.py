"""Data to train on at once: the corpora written for this project."""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from tfplay.cutting import cut_text
from tfplay.store import write_corpus
from tfplay.text.corpora import CORPORA, Corpus, fitting_tasks

SAMPLE_SIZES = (1000, 4000, 10_000, 20_000, 50_000, 100_000)
PREVIEWED = 3
LONGEST_PREVIEW = 700  # characters


def samples_of(task: str) -> dict[str, Corpus]:
    """The corpora that a task can learn from, by name; the quickest to learn comes first."""
    return {
        corpus.name: corpus
        for wanted in fitting_tasks(task)
        for corpus in CORPORA.values()
        if corpus.task == wanted
    }


@st.cache_data(show_spinner=False)
def preview(name: str) -> str:
    """How the corpus' file begins."""
    with TemporaryDirectory() as folder:
        text = write_corpus(name, PREVIEWED, Path(folder)).read_text(encoding="utf-8").strip()
    shown = "\n".join(text.split("\n", 12)[:12])
    return cut_text(shown, LONGEST_PREVIEW)
