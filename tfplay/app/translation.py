"""Translations of a run, remembered for the next time the page is drawn."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from tfplay.app.attention import AttentionMap
from tfplay.app.layout import plain
from tfplay.app.loading import run_tokenizer, run_trained, written_at
from tfplay.config import DecodingConfig
from tfplay.store import Run, open_run
from tfplay.text.romanize import romanize
from tfplay.text.words import normalize

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.tasks import Translation

_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def translated(
    run: Run, text: str, config: DecodingConfig, step: int | None = None
) -> "Translation":
    """The run's translation of a text.

    Args:
        run: A run that learned translation.
        text: The source text.
        config: How the translation is chosen.
        step: By the model as it was after this step; `None` is as it ended.

    Raises:
        InputError: The text is empty, or longer than the model can read.
    """
    return _translated(run.path, step, written_at(run, step), text, config)


@st.cache_data(max_entries=64, show_spinner="Translating …")
def _translated(
    path: Path, step: int | None, changed: float, text: str, config: DecodingConfig
) -> "Translation":
    from tfplay.tasks import translate

    run = open_run(path)
    return translate(run_trained(run, step), text, config)


def cross_attention_map(translation: "Translation") -> AttentionMap:
    """Where the model looked while it wrote the translation."""
    return AttentionMap(
        translation.cross_attention, translation.target_tokens, translation.source_tokens
    )


def unknown_words(run: Run, text: str) -> list[str]:
    """What the run's vocabulary does not have."""
    tokenizer = run_tokenizer(run)
    text = normalize(text)
    return [
        text[piece.start : piece.end]
        for piece in tokenizer.pieces(text)
        if piece.token_id == tokenizer.unknown_id
    ]


def reading_aid(text: str) -> str:
    """How a text in Devanagari is read, in Latin letters; empty if there is none in it."""
    return plain(romanize(text)) if _DEVANAGARI.search(text) else ""
