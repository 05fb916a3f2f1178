"""Everyday sentences that a translator is judged by, and what must be in its answers."""

import tomllib
from pathlib import Path

from tfplay.tasks import TrainedModel
from tfplay.tasks.translation.translate import translate_all
from tfplay.text.files import read_utf8
from tfplay.text.words import normalize

SENTENCES: dict[str, list[str]] = tomllib.loads(read_utf8(Path(__file__).with_suffix(".toml")))
"""For each English sentence what its translation must have: "Google|गूगल" is one of two."""


def is_right(sentence: str, translation: str) -> bool:
    """Whether the translation has something of each entry of its sentence.

    Words of the entries are beginnings of Hindi words, which end by gender, number and case.

    Example:
        >>> is_right("Today is Monday.", "आज सोमवार है।")
        True
    """
    words = [word.strip("।?!,.\"'") for word in normalize(translation).split()]
    text = f" {' '.join(words)}"
    return all(
        any(f" {beginning}" in text for beginning in normalize(entry).split("|"))
        for entry in SENTENCES[sentence]
    )


def judge(trained: TrainedModel) -> dict[str, float]:
    """The share of the everyday sentences that a model translates right, "right", from 0 to 1."""
    translations = translate_all(trained, list(SENTENCES))
    right = [is_right(*pair) for pair in zip(SENTENCES, translations, strict=True)]
    return {"right": sum(right) / len(right)}
