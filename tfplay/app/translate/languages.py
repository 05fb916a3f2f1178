"""From which language into which a model translates."""

from pathlib import Path

import streamlit as st

from tfplay.errors import InputError
from tfplay.store import Run, open_run
from tfplay.text.corpora import CORPORA
from tfplay.text.formats.pairs import pair_languages
from tfplay.text.published import PUBLISHED


def language_pair(run: Run) -> tuple[str, str] | None:
    """The languages of what the run learned from; `None` if nobody has told.

    A corpus has them; a file of one's own may name them in its first line. Letters are no proof:
    Hindi and Marathi share theirs.
    """
    name = run.recipe.corpus or (run.is_shipped and run.recipe.data_name.partition(".")[0])
    if corpus := CORPORA.get(name) or PUBLISHED.get(name):
        return corpus.languages
    path = run.data_path
    return _named_in(run.path, path.stat().st_mtime) if path.is_file() else None


@st.cache_data(max_entries=64, show_spinner=False)
def _named_in(path: Path, changed: float) -> tuple[str, str] | None:
    run = open_run(path)
    try:
        return pair_languages(run.data_path, run.recipe.columns)
    except InputError:  # a model is of use without its data
        return None
