"""Translations of a model, remembered for the next time the page is drawn."""

from typing import NamedTuple

import streamlit as st

from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import (
    Translation,
    TranslationTrace,
    judge_translation,
    look_inside,
    split_to_fit,
    translate,
)
from tfplay.trust import Judgement

MOST_CHARACTERS = 10_000


class TranslatedPart(NamedTuple):
    """As much of a text as the model reads at once, with its translation."""

    text: str
    translation: Translation
    judgement: Judgement | None = None
    """What is to be said of it; `None` if that was never measured."""


def translated_parts(model: Model, text: str, config: DecodingConfig) -> list[TranslatedPart]:
    """The model's translation of a text; sentence by sentence if it is too long to be read at once.

    Args:
        model: One that learned translation.
        text: The source text.
        config: How the translation is chosen.

    Raises:
        InputError: The text is empty, or longer than 10,000 characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; {MOST_CHARACTERS:,} at most are translated "
            "here. Put it into a file and translate that."
        )
    trained = load_trained(model)
    texts = split_to_fit(trained, text) or [text]
    parts, place = [], st.empty()
    for number, part in enumerate(texts):
        if len(texts) > 1:
            place.progress(number / len(texts), f"Part {number + 1} of {len(texts)}")
        translation = translated(model, part, config)
        judgement = judge_translation(trained, part, translation)
        parts.append(TranslatedPart(part, translation, judgement))
    place.empty()
    return parts


@st.cache_data(max_entries=512, show_spinner="Translating …", hash_funcs=BY_VERSION)
def translated(
    model: Model, text: str, config: DecodingConfig, begun: tuple[int, ...] = ()
) -> Translation:
    """The model's translation of a text that it can read at once, beginning with these token ids.

    Raises:
        InputError: The text is empty, or longer than the model can read.
    """
    return translate(load_trained(model), text, config, begun)


@st.cache_data(max_entries=32, show_spinner="Looking inside …", hash_funcs=BY_VERSION)
def looked_inside(model: Model, translation: Translation) -> TranslationTrace:
    """How the translation came about: one forward pass."""
    return look_inside(load_trained(model), translation)
