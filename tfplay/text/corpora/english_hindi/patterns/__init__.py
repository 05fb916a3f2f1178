"""The sentence patterns, by what they are about."""

from tfplay.text.corpora.english_hindi.patterns import (
    commands,
    comparing,
    doing,
    having,
    joining,
    people,
    places,
    things,
    times,
    travelling,
    wishes,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import PATTERNS, Pattern, Sentence

__all__ = [
    "PATTERNS",
    "Pattern",
    "Sentence",
    "commands",
    "comparing",
    "doing",
    "having",
    "joining",
    "people",
    "places",
    "things",
    "times",
    "travelling",
    "wishes",
]
