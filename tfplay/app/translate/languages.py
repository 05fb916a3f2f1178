"""From which language into which a model translates."""

from pathlib import Path

import streamlit as st

from tfplay.errors import InputError
from tfplay.store import LearnedFrom, Model
from tfplay.text.corpora import CORPORA
from tfplay.text.formats.pairs import pair_languages
from tfplay.text.published import PUBLISHED


def language_pair(model: Model) -> tuple[str, str] | None:
    """The languages of what the model learned from; `None` if nobody has told.

    A corpus has them; a file of one's own may name them in its first line. Letters are no proof:
    Hindi and Marathi share theirs.
    """
    if corpus := CORPORA.get(model.corpus) or PUBLISHED.get(model.corpus):
        return corpus.languages
    learned_from = model.learned_from
    if learned_from is None or not learned_from.path.is_file():
        return None
    return _named_in(learned_from, learned_from.path, learned_from.path.stat().st_mtime)


@st.cache_data(max_entries=64, show_spinner=False)
def _named_in(_learned_from: LearnedFrom, path: Path, changed: float) -> tuple[str, str] | None:
    try:
        return pair_languages(path, _learned_from.recipe.columns)
    except InputError:  # a model is of use without its data
        return None
