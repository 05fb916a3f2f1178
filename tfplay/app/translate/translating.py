"""Translations of a run, remembered for the next time the page is drawn."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from tfplay.app.model.loading import run_trained, written_at
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Run, open_run
from tfplay.tasks import Translation, TranslationTrace, look_inside, split_to_fit, translate

MOST_CHARACTERS = 10_000


class TranslatedPart(NamedTuple):
    """As much of a text as the model reads at once, with its translation."""

    text: str
    translation: Translation


def translated_parts(
    run: Run, text: str, config: DecodingConfig, step: int | None = None
) -> list[TranslatedPart]:
    """The run's translation of a text; sentence by sentence, if it is too long to be read at once.

    Args:
        run: A run that learned translation.
        text: The source text.
        config: How the translation is chosen.
        step: By the model as it was after this step; `None` is as it ended.

    Raises:
        InputError: The text is empty, or longer than 10,000 characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; {MOST_CHARACTERS:,} at most are translated "
            "here. Put it into a file and translate that."
        )
    trained = run_trained(run, step)
    texts = split_to_fit(trained, text) or [text]
    parts, place = [], st.empty()
    for number, part in enumerate(texts):
        if len(texts) > 1:
            place.progress(number / len(texts), f"Part {number + 1} of {len(texts)}")
        parts.append(TranslatedPart(part, translated(run, part, config, step)))
    place.empty()
    return parts


def translated(
    run: Run,
    text: str,
    config: DecodingConfig,
    step: int | None = None,
    begun: tuple[int, ...] = (),
) -> Translation:
    """The run's translation of a text that it can read at once.

    Args:
        run: A run that learned translation.
        text: The source text.
        config: How the translation is chosen.
        step: By the model as it was after this step; `None` is as it ended.
        begun: Token ids that the translation begins with.

    Raises:
        InputError: The text is empty, or longer than the model can read.
    """
    return _translated(run.path, step, written_at(run, step), text, config, begun)


def looked_inside(run: Run, translation: Translation, step: int | None = None) -> TranslationTrace:
    """How the translation came about: one forward pass."""
    return _looked_inside(run.path, step, written_at(run, step), translation)


@st.cache_data(max_entries=512, show_spinner="Translating …")
def _translated(
    path: Path,
    step: int | None,
    changed: float,
    text: str,
    config: DecodingConfig,
    begun: tuple[int, ...],
) -> Translation:
    return translate(run_trained(open_run(path), step), text, config, begun)


@st.cache_data(max_entries=32, show_spinner="Looking inside …")
def _looked_inside(
    path: Path, step: int | None, changed: float, translation: Translation
) -> TranslationTrace:
    return look_inside(run_trained(open_run(path), step), translation)
