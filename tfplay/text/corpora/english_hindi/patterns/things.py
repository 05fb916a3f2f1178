"""What something is, what it is like, and whose it is."""

from tfplay.text.corpora.english_hindi.clauses import (
    IS,
    WAS,
    Both,
    complement,
    described,
    english_be,
)
from tfplay.text.corpora.english_hindi.hindi import Agreement, agree, to_be
from tfplay.text.corpora.english_hindi.lexicon import (
    ANIMAL_ADJECTIVES,
    ANIMAL_COLOURS,
    ANIMALS,
    COLOURS,
    DESTINATIONS,
    EDIBLE,
    FOOD_ADJECTIVES,
    FRUIT,
    LARGE_NUMBERS,
    NUMBERS,
    PLACE_ADJECTIVES,
    POSSESSIONS,
    SIGHTS,
    SNACKS,
    THING_ADJECTIVES,
    Noun,
    Place,
    Word,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.phrases import (
    BARE,
    PRONOUNS,
    THAT,
    THE,
    THESE,
    THIS,
    THOSE,
    A,
    noun_phrase,
    possessive,
)
from tfplay.text.corpora.english_hindi.pick import Pick

SHOWN = POSSESSIONS + EDIBLE + ANIMALS
THINGS = (POSSESSIONS, THING_ADJECTIVES)
PAINTED_THINGS = (POSSESSIONS, COLOURS)
FRUITS = (FRUIT + SNACKS, FOOD_ADJECTIVES)
PLACES = (DESTINATIONS + SIGHTS, PLACE_ADJECTIVES)


def described_thing(pick: Pick, colours: bool = True) -> tuple[Noun | Place, Word]:
    """A thing, a fruit or a place, with an adjective that suits it."""
    kinds = (THINGS, FRUITS, PLACES)
    nouns, adjectives = pick.any((*kinds, PAINTED_THINGS) if colours else kinds)
    return pick(nouns), pick(adjectives)


@pattern(weight=1.5)
def thing_is(pick: Pick) -> Both:
    """आपकी कमीज़ लाल है। Your shirt is red."""
    noun, adjective = described_thing(pick)
    plural = pick.happens(0.35)
    own = possessive(pick.any(PRONOUNS))
    determiner = pick.any((THE, own, THESE if plural else THIS, THOSE if plural else THAT))
    if noun in DESTINATIONS + SIGHTS:
        determiner = pick.any((THE, THESE if plural else THIS))
    subject = noun_phrase(noun, determiner, plural=plural)
    return IS.statement(subject, described(adjective, subject))


@pattern(weight=1.5)
def thing_is_not(pick: Pick) -> Both:
    """यह सेब मीठा नहीं है। This apple is not sweet."""
    noun, adjective = described_thing(pick)
    plural = pick.happens(0.35)
    determiner = pick.any((THE, THESE if plural else THIS))
    subject = noun_phrase(noun, determiner, plural=plural)
    return IS.negation(subject, described(adjective, subject))


@pattern("?", weight=1.5)
def is_thing(pick: Pick) -> Both:
    """क्या स्कूल बड़ा है? Is the school big?"""
    noun, adjective = described_thing(pick)
    plural = pick.happens(0.35)
    determiner = pick.any((THE, THESE if plural else THIS))
    subject = noun_phrase(noun, determiner, plural=plural)
    return IS.question(subject, described(adjective, subject))


@pattern(weight=1.5)
def thing_was(pick: Pick) -> Both:
    """आम खट्टे थे। The mangoes were sour."""
    noun, adjective = described_thing(pick)
    subject = noun_phrase(noun, THE, plural=pick.happens(0.35))
    very, bahut = pick.any((("", ""), ("very ", "बहुत ")))
    return WAS.statement(
        subject, Both(f"{very}{adjective.english}", f"{bahut}{complement(adjective, subject)}")
    )


@pattern()
def animal_is(pick: Pick) -> Both:
    """सफ़ेद घोड़ा सुंदर है। The white horse is beautiful."""
    plural = pick.happens(0.3)
    determiner = pick.any((THE, THESE if plural else THIS, possessive(pick.any(PRONOUNS))))
    colour = pick(ANIMAL_COLOURS) if pick.happens(0.4) else None
    subject = noun_phrase(pick(ANIMALS), determiner, colour, plural)
    adjective = pick(ANIMAL_ADJECTIVES)
    return IS.statement(subject, described(adjective, subject))


@pattern()
def this_is(pick: Pick) -> Both:
    """यह एक लाल पेन है। This is a red pen."""
    colour = pick(COLOURS) if pick.happens(0.5) else None
    thing = noun_phrase(pick(POSSESSIONS), A, colour)
    pointing = pick.any((THIS, THAT))
    return Both(f"{pointing.english} is {thing.english}", f"{pointing.hindi} {thing.hindi} है")


@pattern()
def these_are(pick: Pick) -> Both:
    """ये हाथी हैं। These are elephants."""
    things = noun_phrase(pick(SHOWN), BARE, plural=True)
    pointing = pick.any((THESE, THOSE))
    return Both(f"{pointing.english} are {things.english}", f"{pointing.hindi} {things.hindi} हैं")


@pattern()
def this_is_somebodys(pick: Pick) -> Both:
    """यह मेरी किताब है। This is my book."""
    owner = pick.owner()
    plural = pick.happens(0.3)
    thing = noun_phrase(pick(POSSESSIONS), possessive(owner), plural=plural)
    pointing = pick.any((THESE, THOSE) if plural else (THIS, THAT))
    be, hindi_be = ("are", "हैं") if plural else ("is", "है")
    return Both(
        f"{pointing.english} {be} {thing.english}", f"{pointing.hindi} {thing.hindi} {hindi_be}"
    )


@pattern()
def this_is_not_somebodys(pick: Pick) -> Both:
    """वह उसका घर नहीं है। That is not his house."""
    thing = noun_phrase(pick(POSSESSIONS), possessive(pick.any(PRONOUNS)))
    pointing = pick.any((THIS, THAT))
    return Both(
        f"{pointing.english} is not {thing.english}", f"{pointing.hindi} {thing.hindi} नहीं है"
    )


@pattern("?")
def is_this_somebodys(pick: Pick) -> Both:
    """क्या यह आपका थैला है? Is this your bag?"""
    owner = pick.owner()
    thing = noun_phrase(pick(POSSESSIONS), possessive(owner))
    pointing = pick.any((THIS, THAT))
    return Both(f"is {pointing.english} {thing.english}", f"क्या {pointing.hindi} {thing.hindi} है")


@pattern("?", weight=0.7)
def whose_is(pick: Pick) -> Both:
    """यह किसकी किताब है? Whose book is this?"""
    noun = pick(POSSESSIONS)
    pointing = pick.any((THIS, THAT))
    whose = agree("किसका", Agreement(noun.gender))
    return Both(
        f"whose {noun.english} is {pointing.english}", f"{pointing.hindi} {whose} {noun.hindi} है"
    )


@pattern("?")
def what_colour_is(pick: Pick) -> Both:
    """आपकी गाड़ी किस रंग की है? What colour is your car?"""
    plural = pick.happens(0.3)
    determiner = pick.any((THE, possessive(pick.any(PRONOUNS)), THESE if plural else THIS))
    thing = noun_phrase(pick(POSSESSIONS), determiner, plural=plural)
    return Both(
        f"what colour {english_be(thing)} {thing.english}",
        f"{thing.hindi} किस रंग {agree('का', thing.agreement)} {to_be(thing.agreement)}",
    )


@pattern("?")
def how_much_is(pick: Pick) -> Both:
    """यह कमीज़ कितने की है? How much is this shirt?"""
    plural = pick.happens(0.3)
    determiner = pick.any((THE, THESE if plural else THIS, THOSE if plural else THAT))
    thing = noun_phrase(pick(POSSESSIONS + EDIBLE), determiner, plural=plural)
    return Both(
        f"how much {english_be(thing)} {thing.english}",
        f"{thing.hindi} कितने {agree('का', thing.agreement)} {to_be(thing.agreement)}",
    )


@pattern()
def thing_costs(pick: Pick) -> Both:
    """यह कमीज़ पचास रुपये की है। This shirt costs fifty rupees."""
    thing = noun_phrase(pick(POSSESSIONS + EDIBLE), pick.any((THE, THIS, THAT)))
    number = pick(NUMBERS + LARGE_NUMBERS)
    return Both(
        f"{thing.english} costs {number.english} rupees",
        f"{thing.hindi} {number.hindi} रुपये {agree('का', thing.agreement)} है",
    )
