"""What a sentence pattern is, and the list of all of them."""

import random
from collections.abc import Callable
from typing import NamedTuple

from tfplay.text.corpora.english_hindi.clauses import Both
from tfplay.text.corpora.english_hindi.pick import Pick

HINDI_MARKS = {".": "।", "?": "?", "!": "!"}


class Sentence(NamedTuple):
    """A sentence in both languages, the pattern it fills, and its content words."""

    english: str
    hindi: str
    pattern: str
    words: tuple[str, ...]


class Pattern(NamedTuple):
    """A way to make sentences.

    Attributes:
        name: Name of the function that fills it.
        weight: How often it is drawn, against the others.
        end: The English mark at the end.
        fill: Draws words and makes both sentences of them.
    """

    name: str
    weight: float
    end: str
    fill: Callable[[Pick], Both]

    def sentence(self, draw: random.Random) -> Sentence:
        """A sentence with words that are drawn now."""
        pick = Pick(draw)
        english, hindi = self.fill(pick)
        english = english[0].upper() + english[1:]
        return Sentence(
            english + self.end, hindi + HINDI_MARKS[self.end], self.name, tuple(pick.words)
        )


PATTERNS: list[Pattern] = []


def pattern(
    end: str = ".", weight: float = 1.0
) -> Callable[[Callable[[Pick], Both]], Callable[[Pick], Both]]:
    """Makes a pattern of the function below it."""

    def register(fill: Callable[[Pick], Both]) -> Callable[[Pick], Both]:
        PATTERNS.append(Pattern(fill.__name__, weight, end, fill))
        return fill

    return register
