"""Clauses in both languages: somebody does something, in every tense."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tfplay.text.corpora.english_hindi.hindi import (
    MASCULINE,
    Agreement,
    agree,
    agree_all,
    future,
    perfective,
    perfective_participle,
    to_be,
    was,
)
from tfplay.text.corpora.english_hindi.lexicon import Word
from tfplay.text.corpora.english_hindi.phrases import I, Phrase
from tfplay.text.corpora.english_hindi.verbs import Verb


class Both(NamedTuple):
    """The same in English and in Hindi."""

    english: str
    hindi: str


NOTHING = Both("", "")


def joined(*parts: str) -> str:
    """The parts that are not empty, with spaces between."""
    return " ".join(part for part in parts if part)


def without_article(hindi: str) -> str:
    """The words without एक."""
    return joined(*(word for word in hindi.split() if word != "एक"))


@dataclass(frozen=True)
class Action:
    """A verb with what it is done to.

    Attributes:
        verb: The verb.
        object: "a book", एक किताब; empty if there is none.
        agreement: What the Hindi verb agrees with when it cannot agree with its doer.
    """

    verb: Verb
    object: Both = NOTHING
    agreement: Agreement = MASCULINE

    @property
    def infinitive(self) -> str:
        """रोटी खाना: the verb's infinitive, unchanged."""
        return self.verb.stem + "ना"

    @property
    def agreeing_infinitive(self) -> str:
        """रोटी खानी (है): the infinitive as it agrees with the object."""
        return agree(self.infinitive, self.agreement)


# English -------------------------------------------------------------------------------------


def english_be(subject: Phrase) -> str:
    """Am, are or is."""
    return "am" if subject is I else "are" if subject.english_plural else "is"


def english_was(subject: Phrase) -> str:
    """Were or was."""
    return "were" if subject.english_plural else "was"


def _by_third(subject: Phrase, third: str, other: str) -> str:
    return other if subject is I or subject.english_plural else third


def english_do(subject: Phrase) -> str:
    """Does or do."""
    return _by_third(subject, "does", "do")


def english_have(subject: Phrase) -> str:
    """Has or have."""
    return _by_third(subject, "has", "have")


def english_present(subject: Phrase, verb: Verb) -> str:
    """Eats or eat."""
    return _by_third(subject, verb.forms.third, verb.forms.base)


# Tenses --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tense:
    """How a tense, or a verb such as "can", is made in both languages.

    Attributes:
        auxiliary: The English auxiliary, as questions and negations have it: "does", "is".
        main: The English main verb after it: "eat", "eating", "to eat".
        hindi: The Hindi subject and the Hindi verb.
        affirmative: The English verb of a plain statement, if it has no auxiliary: "eats".
        words_before_nahin: How many words of the Hindi verb stand before नहीं, counted from the
            stem's length: काम | नहीं करता है, काम करना | नहीं चाहता है.
    """

    auxiliary: Callable[[Phrase], str]
    main: Callable[[Verb], str]
    hindi: Callable[[Phrase, Action], tuple[str, str]]
    affirmative: Callable[[Phrase, Verb], str] | None = None
    words_before_nahin: int = -1

    def english_verb(self, subject: Phrase, verb: Verb) -> str:
        """The verb of a statement: "eats", "is eating"."""
        if self.affirmative:
            return self.affirmative(subject, verb)
        return f"{self.auxiliary(subject)} {self.main(verb)}"

    def statement(self, subject: Phrase, action: Action, when: Both = NOTHING) -> Both:
        """रवि रोज़ एक सेब खाता है। Ravi eats an apple every day."""
        hindi_subject, hindi_verb = self.hindi(subject, action)
        verb = self.english_verb(subject, action.verb)
        return Both(
            joined(subject.english, verb, action.object.english, when.english),
            joined(hindi_subject, when.hindi, action.object.hindi, hindi_verb),
        )

    def negation(self, subject: Phrase, action: Action, when: Both = NOTHING) -> Both:
        """रवि सेब नहीं खाता है। Ravi does not eat an apple.

        What is not there is not counted either: without एक.
        """
        hindi_subject, hindi_verb = self.hindi(subject, action)
        auxiliary = self.auxiliary(subject)
        verb = "cannot" if auxiliary == "can" else f"{auxiliary} not"
        return Both(
            joined(
                subject.english,
                verb,
                self.main(action.verb),
                action.object.english,
                when.english,
            ),
            joined(
                hindi_subject,
                when.hindi,
                without_article(action.object.hindi),
                self._with_inserted("नहीं", hindi_verb, action),
            ),
        )

    def question(
        self, subject: Phrase, action: Action, when: Both = NOTHING, word: Both = NOTHING
    ) -> Both:
        """क्या रवि सेब खाता है? Does Ravi eat an apple? With a word: where, कहाँ.

        A question word stands first in English, where नहीं stands in Hindi.
        """
        hindi_subject, hindi_verb = self.hindi(subject, action)
        return Both(
            joined(
                word.english,
                self.auxiliary(subject),
                subject.english,
                self.main(action.verb),
                action.object.english,
                when.english,
            ),
            joined(
                "" if word.hindi else "क्या",
                hindi_subject,
                when.hindi,
                action.object.hindi,
                self._with_inserted(word.hindi, hindi_verb, action),
            ),
        )

    def _with_inserted(self, word: str, hindi_verb: str, action: Action) -> str:
        parts = hindi_verb.split()
        parts.insert(len(action.verb.stem.split()) + self.words_before_nahin, word)
        return joined(*parts)


class Being(NamedTuple):
    """The verb "to be" in one tense of both languages."""

    english: Callable[[Phrase], str]
    hindi: Callable[[Agreement], str]

    def statement(self, subject: Phrase, said: Both) -> Both:
        """सीता खुश है। Sita is happy."""
        return Both(
            f"{subject.english} {self.english(subject)} {said.english}",
            f"{subject.hindi} {said.hindi} {self.hindi(subject.agreement)}",
        )

    def negation(self, subject: Phrase, said: Both) -> Both:
        """सीता खुश नहीं है। Sita is not happy."""
        return self.statement(subject, Both(f"not {said.english}", f"{said.hindi} नहीं"))

    def question(self, subject: Phrase, said: Both) -> Both:
        """क्या सीता खुश है? Is Sita happy?"""
        return Both(
            f"{self.english(subject)} {subject.english} {said.english}",
            f"क्या {subject.hindi} {said.hindi} {self.hindi(subject.agreement)}",
        )


IS = Being(english_be, to_be)
WAS = Being(english_was, was)


def complement(adjective: Word, subject: Phrase) -> str:
    """A Hindi adjective as it is said of the subject: थकी हुई."""
    return agree_all(adjective.hindi, subject.agreement)


def described(adjective: Word, subject: Phrase) -> Both:
    """An adjective that is said of the subject: "tired", थकी हुई."""
    return Both(adjective.english, complement(adjective, subject))


def _base(verb: Verb) -> str:
    return verb.forms.base


def _ing(verb: Verb) -> str:
    return verb.forms.ing


def _participle(verb: Verb) -> str:
    return verb.forms.participle


def _to(verb: Verb) -> str:
    return f"to {verb.forms.base}"


def _always(auxiliary: str) -> Callable[[Phrase], str]:
    return lambda subject: auxiliary


def _habitual(subject: Phrase, action: Action) -> tuple[str, str]:
    verb = agree(action.verb.stem + "ता", subject.agreement)
    return subject.hindi, f"{verb} {to_be(subject.agreement)}"


def _used_to(subject: Phrase, action: Action) -> tuple[str, str]:
    verb = agree(action.verb.stem + "ता", subject.agreement)
    return subject.hindi, f"{verb} {was(subject.agreement)}"


def _progressive(subject: Phrase, action: Action) -> tuple[str, str]:
    verb = f"{action.verb.stem} {agree('रहा', subject.agreement)}"
    return subject.hindi, f"{verb} {to_be(subject.agreement)}"


def _past_progressive(subject: Phrase, action: Action) -> tuple[str, str]:
    verb = f"{action.verb.stem} {agree('रहा', subject.agreement)}"
    return subject.hindi, f"{verb} {was(subject.agreement)}"


def _doer_and_agreement(subject: Phrase, action: Action) -> tuple[str, Agreement]:
    """In the past a transitive verb's doer takes ने, and the verb agrees with its object."""
    if action.verb.ergative:
        return subject.before("ने"), action.agreement
    return subject.hindi, subject.agreement


def _past(subject: Phrase, action: Action) -> tuple[str, str]:
    doer, agreement = _doer_and_agreement(subject, action)
    return doer, perfective(action.verb.stem, agreement)


def _perfect(subject: Phrase, action: Action) -> tuple[str, str]:
    doer, agreement = _doer_and_agreement(subject, action)
    return doer, f"{perfective_participle(action.verb.stem, agreement)} {to_be(agreement)}"


def _past_perfect(subject: Phrase, action: Action) -> tuple[str, str]:
    doer, agreement = _doer_and_agreement(subject, action)
    return doer, f"{perfective_participle(action.verb.stem, agreement)} {was(agreement)}"


def _future(subject: Phrase, action: Action) -> tuple[str, str]:
    return subject.hindi, future(action.verb.stem, subject.agreement)


def _can(subject: Phrase, action: Action) -> tuple[str, str]:
    return (
        subject.hindi,
        f"{action.verb.stem} {agree('सकता', subject.agreement)} {to_be(subject.agreement)}",
    )


def _want(subject: Phrase, action: Action) -> tuple[str, str]:
    return (
        subject.hindi,
        f"{action.infinitive} {agree('चाहता', subject.agreement)} {to_be(subject.agreement)}",
    )


def _have_to(subject: Phrase, action: Action) -> tuple[str, str]:
    agreement = action.agreement
    return subject.before("को"), f"{action.agreeing_infinitive} {to_be(agreement)}"


def _must(subject: Phrase, action: Action) -> tuple[str, str]:
    return subject.before("को"), f"{action.agreeing_infinitive} {future('हो', action.agreement)}"


def _should(subject: Phrase, action: Action) -> tuple[str, str]:
    return subject.before("को"), f"{action.agreeing_infinitive} चाहिए"


def _likes(subject: Phrase, action: Action) -> tuple[str, str]:
    return subject.before("को"), f"{action.infinitive} पसंद है"


def _third_or_base(third: str, base: str) -> Callable[[Phrase, Verb], str]:
    return lambda subject, verb: f"{_by_third(subject, third, base)} {_to(verb)}"


HABITUAL = Tense(english_do, _base, _habitual, english_present)
PROGRESSIVE = Tense(english_be, _ing, _progressive)
PAST_PROGRESSIVE = Tense(english_was, _ing, _past_progressive)
PAST = Tense(_always("did"), _base, _past, lambda subject, verb: verb.forms.past)
PERFECT = Tense(english_have, _participle, _perfect)
PAST_PERFECT = Tense(_always("had"), _participle, _past_perfect)
FUTURE = Tense(_always("will"), _base, _future)
CAN = Tense(_always("can"), _base, _can)
WANT = Tense(
    english_do, lambda verb: f"want {_to(verb)}", _want, _third_or_base("wants", "want"), 0
)
HAVE_TO = Tense(
    english_do, lambda verb: f"have {_to(verb)}", _have_to, _third_or_base("has", "have")
)
MUST = Tense(_always("must"), _base, _must)
SHOULD = Tense(_always("should"), _base, _should)
USED_TO = Tense(
    _always("did"),
    lambda verb: f"use {_to(verb)}",
    _used_to,
    lambda subject, verb: f"used {_to(verb)}",
)
LIKE_TO = Tense(
    english_do, lambda verb: f"like {_to(verb)}", _likes, _third_or_base("likes", "like"), 1
)
