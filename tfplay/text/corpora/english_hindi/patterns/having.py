"""What somebody has, and what there is of it."""

from tfplay.text.corpora.english_hindi.clauses import Both, english_be, english_do, english_have
from tfplay.text.corpora.english_hindi.hindi import Agreement, agree, to_be, was
from tfplay.text.corpora.english_hindi.lexicon import (
    AILMENTS,
    COLOURS,
    EDIBLE,
    FEELINGS,
    NUMBERS,
    POSSESSIONS,
    RELATIVES,
    some,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.phrases import BARE, A, Phrase, counted, noun_phrase
from tfplay.text.corpora.english_hindi.pick import Pick

OWNED = POSSESSIONS + EDIBLE + some("dog, cat, cow, horse, goat")


def _some(pick: Pick) -> Phrase:
    """A car; two blue cups; books."""
    noun = pick(OWNED)
    colour = pick(COLOURS) if noun in POSSESSIONS and pick.happens(0.3) else None
    if pick.happens(0.6):
        return noun_phrase(noun, A, colour)
    return noun_phrase(noun, counted(pick(NUMBERS)), colour, plural=True)


@pattern(weight=2)
def has(pick: Pick) -> Both:
    """मेरे पास दो नीले प्याले हैं। I have two blue cups."""
    subject, thing = pick.somebody(), _some(pick)
    return Both(
        f"{subject.english} {english_have(subject)} {thing.english}",
        f"{subject.before_ke('पास')} {thing.hindi} {to_be(thing.agreement)}",
    )


@pattern()
def had(pick: Pick) -> Both:
    """उसके पास एक गाड़ी थी। She had a car."""
    subject, thing = pick.somebody(), _some(pick)
    return Both(
        f"{subject.english} had {thing.english}",
        f"{subject.before_ke('पास')} {thing.hindi} {was(thing.agreement)}",
    )


@pattern(weight=1.5)
def has_not(pick: Pick) -> Both:
    """उसके पास फ़ोन नहीं है। He does not have a phone."""
    subject, noun = pick.somebody(), pick(OWNED)
    return Both(
        f"{subject.english} {english_do(subject)} not have {noun_phrase(noun, A).english}",
        f"{subject.before_ke('पास')} {noun.hindi} नहीं है",
    )


@pattern("?", weight=1.5)
def has_somebody(pick: Pick) -> Both:
    """क्या आपके पास पेन है? Do you have a pen?"""
    subject, noun = pick.somebody(), pick(OWNED)
    return Both(
        f"{english_do(subject)} {subject.english} have {noun_phrase(noun, A).english}",
        f"क्या {subject.before_ke('पास')} {noun.hindi} है",
    )


@pattern("?")
def how_many_has_somebody(pick: Pick) -> Both:
    """आपके पास कितनी किताबें हैं? How many books do you have?"""
    subject = pick.somebody()
    things = noun_phrase(pick(OWNED), BARE, plural=True)
    return Both(
        f"how many {things.english} {english_do(subject)} {subject.english} have",
        f"{subject.before_ke('पास')} {agree('कितना', things.agreement)} {things.hindi} हैं",
    )


@pattern()
def has_relatives(pick: Pick) -> Both:
    """उसकी दो बहनें हैं। He has two sisters."""
    subject, noun = pick.somebody(), pick(RELATIVES)
    plural = pick.happens(0.7)
    determiner = counted(pick(NUMBERS[:4])) if plural else A
    people = noun_phrase(noun, determiner, plural=plural)
    return Both(
        f"{subject.english} {english_have(subject)} {people.english}",
        f"{agree(subject.before('का'), people.agreement)} {people.hindi} {to_be(people.agreement)}",
    )


@pattern("?", weight=0.7)
def how_many_relatives(pick: Pick) -> Both:
    """आपके कितने भाई हैं? How many brothers do you have?"""
    subject = pick.somebody()
    people = noun_phrase(pick(RELATIVES), BARE, plural=True)
    owner = agree(subject.before("का"), people.agreement)
    many = agree("कितना", people.agreement)
    return Both(
        f"how many {people.english} {english_do(subject)} {subject.english} have",
        f"{owner} {many} {people.hindi} हैं",
    )


# What comes over somebody, with को -----------------------------------------------------------


@pattern()
def feels(pick: Pick) -> Both:
    """मुझे भूख लगी है। I am hungry."""
    subject, feeling = pick.somebody(), pick(FEELINGS)
    return Both(
        f"{subject.english} {english_be(subject)} {feeling.english}",
        f"{subject.before('को')} {feeling.hindi} लगी है",
    )


@pattern(weight=0.7)
def feels_not(pick: Pick) -> Both:
    """मुझे भूख नहीं लगी है। I am not hungry."""
    subject, feeling = pick.somebody(), pick(FEELINGS)
    return Both(
        f"{subject.english} {english_be(subject)} not {feeling.english}",
        f"{subject.before('को')} {feeling.hindi} नहीं लगी है",
    )


@pattern("?", weight=0.7)
def feels_somebody(pick: Pick) -> Both:
    """क्या आपको प्यास लगी है? Are you thirsty?"""
    subject, feeling = pick.somebody(), pick(FEELINGS)
    return Both(
        f"{english_be(subject)} {subject.english} {feeling.english}",
        f"क्या {subject.before('को')} {feeling.hindi} लगी है",
    )


@pattern()
def has_an_ailment(pick: Pick) -> Both:
    """मेरे बेटे को बुखार है। My son has a fever."""
    subject, ailment = pick.somebody(), pick(AILMENTS)
    return Both(
        f"{subject.english} {english_have(subject)} a {ailment.english}",
        f"{subject.before('को')} {ailment.hindi} है",
    )


@pattern()
def had_an_ailment(pick: Pick) -> Both:
    """उसे खाँसी थी। He had a cough."""
    subject, ailment = pick.somebody(), pick(AILMENTS)
    gender = "f" if ailment.hindi == "खाँसी" else "m"
    return Both(
        f"{subject.english} had a {ailment.english}",
        f"{subject.before('को')} {ailment.hindi} {was(Agreement(gender))}",
    )
