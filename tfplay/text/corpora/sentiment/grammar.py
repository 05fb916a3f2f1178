"""Short reviews whose polarity follows from how they are put together."""

import random
import re
from functools import partial

from tfplay.text.corpora.draws import SLOT, as_sentences, distinct_examples, is_held_out
from tfplay.text.corpora.sentiment import patterns
from tfplay.text.corpora.sentiment.domains import DOMAINS
from tfplay.text.corpora.sentiment.lexicon import (
    EXCLAMATIONS,
    EXPERIENCES,
    NEGATIVE,
    POSITIVE,
    judging_words,
)
from tfplay.text.examples import LabelledText

LABELS = {POSITIVE: "positive", NEGATIVE: "negative"}

# How often the words of a clause say the opposite of it, how often the only clause of a review says
# the opposite of the whole, and how often one of two clauses does. Were half of all words turned
# round, no word would hint at the label, and there would be nothing to begin to learn from.
_FLIPPED_CLAUSES = 0.2
_FLIPPED_REVIEWS = 0.05
_CONTRASTS = 0.25


class _Review:
    """One review in the making: it stays with one domain, and judges no subject twice."""

    def __init__(self, generator: random.Random):
        self.held_out = False
        self._choice = generator.choice
        self._random = generator.random
        self._domain = generator.choice(DOMAINS)
        self._thing = generator.choice(list(self._domain.things))
        self._in_the_past = generator.random() < 0.7
        self._subjects: list[str] = []

    def write(self, polarity: int) -> str:
        """The whole review."""
        kind = self._random()
        if kind < _FLIPPED_REVIEWS:
            frames, polarity = patterns.FRAMES_FLIP, -polarity
        elif kind < _FLIPPED_REVIEWS + _CONTRASTS:
            frames = patterns.FRAMES_CONTRAST
        else:
            frames = patterns.FRAMES_PLAIN
        return as_sentences(self._fill(self._choice(frames), polarity))

    def _clause(self, slot: str, polarity: int) -> str:
        if self._random() < _FLIPPED_CLAUSES:
            judgements, feelings = patterns.JUDGEMENTS_FLIP, patterns.FEELINGS_FLIP
            polarity = -polarity
        else:
            judgements, feelings = patterns.JUDGEMENTS_KEEP, patterns.FEELINGS_KEEP
        clauses = judgements if slot == "judgement" else judgements + feelings
        return self._fill(self._choice(clauses), polarity)

    def _fill(self, pattern: str, polarity: int) -> str:
        """The pattern with all its slots filled, from left to right, no judging word twice."""
        subject, kind = "", self._domain.kind
        if "{subject}" in pattern:
            subject, kind = self._next_subject()
        used: list[str] = []

        def filling(match: re.Match[str]) -> str:
            slot = match[1].removeprefix("other_")
            slot_polarity = polarity if slot == match[1] else -polarity
            words = judging_words(slot, slot_polarity, kind)
            if words is None:
                return self._other_filling(slot, slot_polarity, subject)
            word = self._choice([word for word in words if word not in used])
            used.append(word)
            self.held_out |= is_held_out(pattern, word)
            return word

        return SLOT.sub(filling, pattern)

    def _next_subject(self) -> tuple[str, str]:
        """A noun phrase ("+" marks a plural) and its kind."""
        kind = self._domain.kind
        whole = self._choice(("the ", "this ")) + self._thing
        subjects = [(whole, kind), (whole, kind), ("it", kind), ("this", kind)]
        for aspect_kind, nouns in self._domain.aspects.items():
            subjects += [(f"the {noun}", aspect_kind) for noun in nouns]
        subject, kind = self._choice([pair for pair in subjects if pair[0] not in self._subjects])
        self._subjects.append(subject)
        return subject, kind

    def _other_filling(self, slot: str, polarity: int, subject: str) -> str:
        """What fills a slot whose words neither praise nor blame by themselves.

        Idioms are among them: their words mean nothing new in a new place, so none is held out.
        """
        is_plural = subject.endswith("+")
        match slot:
            case "judgement" | "statement":
                return self._clause(slot, polarity)
            case "subject":
                return subject.removesuffix("+")
            case "was" if self._in_the_past:
                return "were" if is_plural else "was"
            case "was" | "is":
                return "are" if is_plural else "is"
            case "thing":
                return self._thing
            case "things":
                return self._domain.things[self._thing]
            case "this":
                return self._choice((f"this {self._thing}", f"the {self._thing}", "it", "this"))
            case "hoped":
                return "hoped" if polarity == POSITIVE else "feared"
            case "very":
                return self._choice(("very", "really", "so", "quite", "pretty"))
            case "entirely":
                return self._choice(("simply", "truly", "absolutely", "just", "utterly"))
            case "fact":
                return self._choice(self._domain.facts)
            case "exclamation":
                return self._choice(EXCLAMATIONS[polarity])
            case "experience":
                return self._choice(EXPERIENCES[polarity] + 2 * self._domain.experiences[polarity])
            case _:
                raise KeyError(slot)


def _draw(polarity: int, generator: random.Random) -> tuple[LabelledText, bool]:
    review = _Review(generator)
    return LabelledText(review.write(polarity), LABELS[polarity]), review.held_out


def examples(part: str, count: int, seed: int) -> list[LabelledText]:
    """Different examples of one part, drawn by the seed."""
    draws = [partial(_draw, polarity) for polarity in LABELS]
    return distinct_examples(draws, part, count, seed)
