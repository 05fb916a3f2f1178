"""Drawing words and the phrases made of them, and remembering which words were drawn."""

import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from tfplay.text.corpora.english_hindi.clauses import Action, Both
from tfplay.text.corpora.english_hindi.hindi import MASCULINE, Agreement
from tfplay.text.corpora.english_hindi.lexicon import (
    DAYS,
    ELDERS,
    FUTURE_TIMES,
    HABIT_TIMES,
    MASSES,
    MONTHS,
    NAMES,
    NUMBERS,
    PAST_TIMES,
    PEOPLE,
    PROPER,
    RELATIVES,
    Noun,
)
from tfplay.text.corpora.english_hindi.phrases import (
    ALL,
    BARE,
    MANY,
    PRONOUNS,
    SOME,
    THAT,
    THE,
    THESE,
    THIS,
    THOSE,
    A,
    Determiner,
    Phrase,
    counted,
    matching_possessive,
    noun_phrase,
    own,
    possessive,
)
from tfplay.text.corpora.english_hindi.verbs import INTRANSITIVE, SOCIAL, TRANSITIVE, Verb

T = TypeVar("T")


class Pick:
    """Draws the words of one sentence.

    Attributes:
        words: The content words drawn so far, in English: what can be held out.
    """

    def __init__(self, draw: random.Random):
        self._draw = draw
        self.words: list[str] = []

    def __call__(self, table: Sequence[T]) -> T:
        """One content word of a table of the lexicon."""
        word = self._draw.choice(table)
        self.words.append(word.english)
        return word

    def any(self, options: Sequence[T]) -> T:
        """One of several function words or wordings, which are never held out."""
        return self._draw.choice(options)

    def happens(self, probability: float) -> bool:
        """True as often as the probability says."""
        return self._draw.random() < probability

    def until(self, suits: Callable[[T], bool], draw: Callable[[], T]) -> T:
        """Draws until it suits, and forgets the words of what did not."""
        while True:
            words_before = len(self.words)
            drawn = draw()
            if suits(drawn):
                return drawn
            del self.words[words_before:]

    # People ----------------------------------------------------------------------------------

    def somebody(self) -> Phrase:
        """A person as subject: I, Ravi, my sister, the farmers."""
        if self.happens(0.4):
            return self.any(PRONOUNS)
        return self.third_person()

    def two_people(self) -> tuple[Phrase, Phrase]:
        """Two subjects that differ."""
        first = self.somebody()
        return first, self.until(lambda second: second.english != first.english, self.somebody)

    def third_person(self) -> Phrase:
        """A person who is no pronoun."""
        if self.happens(0.4):
            return self.named()
        if self.happens(0.5):
            return self.relative(possessive(self.any(PRONOUNS)))
        return self.stranger()

    def named(self) -> Phrase:
        """Ravi."""
        return noun_phrase(self(NAMES), BARE)

    def relative(self, determiner: Determiner) -> Phrase:
        """My brother; your father; his sisters."""
        plural = self.happens(0.2)
        return noun_phrase(
            self(RELATIVES if plural else RELATIVES + ELDERS), determiner, plural=plural
        )

    def young_relative(self) -> Phrase:
        """My brother; your sisters: nobody who is respected."""
        plural = self.happens(0.2)
        return noun_phrase(self(RELATIVES), possessive(self.any(PRONOUNS)), plural=plural)

    def owner(self) -> Phrase:
        """One person to whom something belongs: I, Ravi, my sister."""
        if self.happens(0.4):
            return self.any(PRONOUNS)
        if self.happens(0.5):
            return self.named()
        return noun_phrase(self(RELATIVES + ELDERS), possessive(self.any(PRONOUNS)))

    def stranger(self) -> Phrase:
        """The man; these girls; some farmers."""
        plural = self.happens(0.35)
        if self.happens(0.5):
            determiner = THE
        else:
            determiner = self.any((THESE, THOSE, SOME, MANY, ALL) if plural else (THIS, THAT))
        return noun_phrase(self(PEOPLE), determiner, plural=plural)

    def other(self, subject: Phrase) -> Phrase:
        """Somebody as object: him, Sita, his own brother, the child; not the subject itself."""
        ourselves = ("I", "we") if subject.english in ("I", "we") else (subject.english,)
        return self.until(
            lambda phrase: phrase.english not in ourselves, lambda: self._other(subject)
        )

    def _other(self, subject: Phrase) -> Phrase:
        if self.happens(0.3):
            return self.any(PRONOUNS)
        if self.happens(0.35):
            return self.named()
        if self.happens(0.55):
            return self.relative(self.possessive_for(subject))
        return self.stranger()

    def possessive_for(self, subject: Phrase) -> Determiner:
        """My, his, ...: अपना if it can only mean the subject."""
        owner = self.any(PRONOUNS)
        if owner.english_owner == matching_possessive(subject):
            return own(subject)
        return possessive(owner)

    # Things ----------------------------------------------------------------------------------

    def thing(self, noun: Noun, subject: Phrase) -> Phrase:
        """A noun as object, with an article, a possessive, a number, or as plural."""
        if noun.english in PROPER:
            return noun_phrase(noun, BARE)
        if noun.english in MASSES:
            return noun_phrase(noun, BARE if self.happens(0.75) else THE)
        determiner, plural = self._determiner(subject)
        return noun_phrase(noun, determiner, plural=plural)

    def _determiner(self, subject: Phrase) -> tuple[Determiner, bool]:
        kind = self._draw.random()
        if kind < 0.3:
            return A, False
        if kind < 0.55:
            return THE, False
        if kind < 0.7:
            return self.possessive_for(subject), False
        if kind < 0.8:
            return self.any((THIS, THAT)), False
        if kind < 0.9:
            return self.any((BARE, THE)), True
        if kind < 0.95:
            return self.any((THESE, THOSE)), True
        return counted(self(NUMBERS)), True

    # Times -----------------------------------------------------------------------------------

    def past_time(self) -> Both:
        """Yesterday; on Monday; in June; two days ago."""
        kind = self._draw.random()
        if kind < 0.5:
            return Both(*self(PAST_TIMES))
        if kind < 0.75:
            return self.day_or_month()
        number = self(NUMBERS)
        unit, hindi_unit = self.any((("days", "दिन"), ("months", "महीने"), ("years", "साल")))
        return Both(f"{number.english} {unit} ago", f"{number.hindi} {hindi_unit} पहले")

    def future_time(self) -> Both:
        """Tomorrow; at six o'clock; on Monday; in June."""
        if self.happens(0.6):
            return Both(*self(FUTURE_TIMES))
        return self.hour() if self.happens(0.3) else self.day_or_month()

    def habit_time(self) -> Both:
        """Every day; at six o'clock."""
        return Both(*self(HABIT_TIMES)) if self.happens(0.7) else self.hour()

    def day_or_month(self) -> Both:
        """On Monday; in June."""
        if self.happens(0.6):
            day = self(DAYS)
            return Both(f"on {day.english}", f"{day.hindi} को")
        month = self(MONTHS)
        return Both(f"in {month.english}", f"{month.hindi} में")

    def hour(self) -> Both:
        """At six o'clock."""
        number = self(NUMBERS)
        return Both(f"at {number.english} o'clock", f"{number.hindi} बजे")

    # Actions ---------------------------------------------------------------------------------

    def action(self, subject: Phrase, without: frozenset[str] = frozenset()) -> Action:
        """Something to do: go, eat a mango, help his brother.

        Args:
            subject: Who does it.
            without: Verbs that do not suit the sentence, in English.
        """
        kind = self._draw.random()
        if kind < 0.3:
            return self.intransitive(without)
        if kind < 0.7:
            return self.transitive(subject, without)
        return self.social(subject, without)

    def intransitive(self, without: frozenset[str] = frozenset()) -> Action:
        """Go."""
        verb = self(_suitable(INTRANSITIVE, without))
        return Action(verb, agreement=_inner(verb))

    def transitive(self, subject: Phrase, without: frozenset[str] = frozenset()) -> Action:
        """Eat a mango."""
        verb = self(_suitable(TRANSITIVE, without))
        return act(verb, self.thing(self(verb.objects), subject))

    def social(self, subject: Phrase, without: frozenset[str] = frozenset()) -> Action:
        """Help his brother."""
        verb = self(_suitable(SOCIAL, without))
        return towards(verb, self.other(subject))


@cache
def _suitable(verbs: tuple[Verb, ...], without: frozenset[str]) -> tuple[Verb, ...]:
    return tuple(verb for verb in verbs if verb.english not in without)


def _inner(verb: Verb) -> Agreement:
    return Agreement(verb.inner) if verb.inner else MASCULINE


def act(verb: Verb, thing: Phrase) -> Action:
    """A transitive verb and its object."""
    return Action(verb, Both(thing.english_object, thing.hindi), thing.agreement)


def towards(verb: Verb, person: Phrase) -> Action:
    """A verb and the person it is done to, who takes the verb's postposition."""
    hindi = person.before(verb.case)
    if verb.case == "का" and verb.inner == "f":
        hindi = hindi[:-1] + "ी"
    return Action(verb, Both(person.english_object, hindi), _inner(verb))
