"""Where somebody or something is, goes and lives."""

from collections.abc import Sequence

from tfplay.text.corpora.english_hindi.clauses import (
    IS,
    WAS,
    Both,
    english_be,
    english_was,
)
from tfplay.text.corpora.english_hindi.hindi import agree, noun_form, to_be, was
from tfplay.text.corpora.english_hindi.lexicon import (
    ANIMALS,
    BUILDINGS,
    CONTAINERS,
    DESTINATIONS,
    DRINKS,
    EDIBLE,
    HOUSE,
    LARGE_NUMBERS,
    NUMBERS,
    OUTDOORS,
    PEOPLE,
    ROOMS,
    SIGHTS,
    SMALL_THINGS,
    SURFACES,
    TOWNS,
    WHEREABOUTS,
    Noun,
    Place,
    some,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.phrases import (
    BARE,
    PRONOUNS,
    THE,
    A,
    Determiner,
    Phrase,
    counted,
    noun_phrase,
    possessive,
)
from tfplay.text.corpora.english_hindi.pick import Pick

LYING = SMALL_THINGS + EDIBLE
ANYWHERE = HOUSE + ROOMS + OUTDOORS + DESTINATIONS


def at(place: Place) -> Both:
    """In the garden, बगीचे में."""
    hindi = noun_form(place.hindi, place.gender, oblique=True)
    return Both(f"{place.preposition} the {place.english}", f"{hindi} {place.postposition}")


def spot(pick: Pick, thing: Noun) -> Both:
    """Where a small thing can be, but not in itself."""
    return at(_other_than(thing, pick, SURFACES + CONTAINERS + ROOMS))


def _other_than(noun: Noun | Place, pick: Pick, table: Sequence[Noun | Place]) -> Noun | Place:
    return pick.until(lambda drawn: drawn.english != noun.english, lambda: pick(table))


# Where something is --------------------------------------------------------------------------


@pattern(weight=2)
def thing_is_at(pick: Pick) -> Both:
    """किताब मेज़ पर है। The book is on the table."""
    noun = pick(LYING)
    determiner = THE if pick.happens(0.6) else possessive(pick.any(PRONOUNS))
    thing = noun_phrase(noun, determiner, plural=pick.happens(0.3))
    place = spot(pick, noun)
    return IS.statement(thing, place)


@pattern()
def thing_is_not_at(pick: Pick) -> Both:
    """मेरी चाबियाँ थैले में नहीं हैं। My keys are not in the bag."""
    noun = pick(LYING)
    determiner = THE if pick.happens(0.5) else possessive(pick.any(PRONOUNS))
    thing = noun_phrase(noun, determiner, plural=pick.happens(0.3))
    place = spot(pick, noun)
    return IS.negation(thing, place)


@pattern("?", weight=1.5)
def where_is(pick: Pick) -> Both:
    """मेरे जूते कहाँ हैं? Where are my shoes?"""
    if pick.happens(0.4):
        thing = noun_phrase(pick(DESTINATIONS + SIGHTS), THE)
    else:
        determiner = THE if pick.happens(0.3) else possessive(pick.any(PRONOUNS))
        thing = noun_phrase(pick(LYING), determiner, plural=pick.happens(0.3))
    return Both(
        f"where {english_be(thing)} {thing.english}", f"{thing.hindi} कहाँ {to_be(thing.agreement)}"
    )


@pattern("?")
def where_is_somebody(pick: Pick) -> Both:
    """आपका भाई कहाँ है? Where is your brother?"""
    person = pick.somebody()
    return Both(
        f"where {english_be(person)} {person.english}",
        f"{person.hindi} कहाँ {to_be(person.agreement)}",
    )


@pattern("?")
def where_was_somebody(pick: Pick) -> Both:
    """आप कल कहाँ थे? Where were you yesterday?"""
    person, time = pick.somebody(), pick.past_time()
    return Both(
        f"where {english_was(person)} {person.english} {time.english}",
        f"{person.hindi} {time.hindi} कहाँ {was(person.agreement)}",
    )


@pattern(weight=1.5)
def somebody_is_at(pick: Pick) -> Both:
    """मेरी माँ रसोई में हैं। My mother is in the kitchen."""
    person, place = pick.somebody(), at(pick(ANYWHERE))
    return IS.statement(person, place)


@pattern()
def somebody_was_at(pick: Pick) -> Both:
    """वे कल स्टेशन पर थे। They were at the station yesterday."""
    person, place, time = pick.somebody(), at(pick(ANYWHERE)), pick.past_time()
    return WAS.statement(
        person, Both(f"{place.english} {time.english}", f"{time.hindi} {place.hindi}")
    )


@pattern("?")
def is_somebody_at(pick: Pick) -> Both:
    """क्या आपके पिताजी दफ़्तर में हैं? Is your father in the office?"""
    person, place = pick.somebody(), at(pick(ANYWHERE))
    return IS.question(person, place)


@pattern()
def place_is_near(pick: Pick) -> Both:
    """स्कूल मंदिर के पास है। The school is near the temple."""
    near, hindi_near = pick.any((("near", "पास"), ("behind", "पीछे"), ("in front of", "सामने")))
    first, second = _two_places(pick)
    other = noun_phrase(second, THE)
    return Both(
        f"the {first.english} is {near} {other.english}",
        f"{first.hindi} {other.before_ke(hindi_near)} है",
    )


@pattern()
def somebody_is_here(pick: Pick) -> Both:
    """सीता घर पर है। Sita is at home."""
    person, whereabouts = pick.somebody(), pick(WHEREABOUTS)
    return IS.statement(person, Both(whereabouts.english, whereabouts.hindi))


@pattern("?")
def is_somebody_here(pick: Pick) -> Both:
    """क्या रवि घर पर है? Is Ravi at home?"""
    person, whereabouts = pick.somebody(), pick(WHEREABOUTS)
    return IS.question(person, Both(whereabouts.english, whereabouts.hindi))


@pattern()
def somebody_was_here(pick: Pick) -> Both:
    """वह कल यहाँ थी। She was here yesterday."""
    person, whereabouts, time = pick.somebody(), pick(WHEREABOUTS), pick.past_time()
    return WAS.statement(
        person, Both(f"{whereabouts.english} {time.english}", f"{time.hindi} {whereabouts.hindi}")
    )


def _two_places(pick: Pick) -> tuple[Noun, Noun]:
    first = pick(BUILDINGS + SIGHTS)
    return first, _other_than(first, pick, BUILDINGS + SIGHTS)


# What there is -------------------------------------------------------------------------------


@pattern(weight=1.5)
def there_is(pick: Pick) -> Both:
    """बगीचे में एक कुत्ता है। There is a dog in the garden."""
    thing, place = _inhabitant(pick, A)
    return Both(f"there is {thing.english} {place.english}", f"{place.hindi} {thing.hindi} है")


@pattern(weight=1.5)
def there_are(pick: Pick) -> Both:
    """मेज़ पर पाँच किताबें हैं। There are five books on the table."""
    thing, place = _inhabitant(pick, counted(pick(NUMBERS + LARGE_NUMBERS)))
    return Both(f"there are {thing.english} {place.english}", f"{place.hindi} {thing.hindi} हैं")


@pattern()
def there_was(pick: Pick) -> Both:
    """कमरे में एक बिल्ली थी। There was a cat in the room."""
    thing, place = _inhabitant(pick, A if pick.happens(0.6) else counted(pick(NUMBERS)))
    return Both(
        f"there {english_was(thing)} {thing.english} {place.english}",
        f"{place.hindi} {thing.hindi} {was(thing.agreement)}",
    )


def _inhabitant(pick: Pick, determiner: Determiner) -> tuple[Phrase, Both]:
    """An animal or person and a large place, or a small thing and a small place."""
    nouns, spots = pick.any(
        ((ANIMALS, OUTDOORS + TOWNS), (PEOPLE, ANYWHERE), (LYING, SURFACES + CONTAINERS))
    )
    noun = pick(nouns)
    place = _other_than(noun, pick, spots)
    return noun_phrase(noun, determiner, plural=determiner is not A), at(place)


@pattern()
def there_is_no(pick: Pick) -> Both:
    """गिलास में पानी नहीं है। There is no water in the glass."""
    container = pick(some("cup, glass, pot, bottle, bucket"))
    hindi = noun_form(container.hindi, container.gender, oblique=True)
    drink = pick(DRINKS)
    return Both(
        f"there is no {drink.english} in the {container.english}",
        f"{hindi} में {drink.hindi} नहीं है",
    )


@pattern("?")
def is_there(pick: Pick) -> Both:
    """क्या स्टेशन के पास होटल है? Is there a hotel near the station?"""
    first, second = _two_places(pick)
    other = noun_phrase(second, THE)
    return Both(
        f"is there {noun_phrase(first, A).english} near {other.english}",
        f"क्या {other.before_ke('पास')} एक {first.hindi} है",
    )


@pattern("?")
def how_many_are(pick: Pick) -> Both:
    """कमरे में कितनी कुर्सियाँ हैं? How many chairs are in the room?"""
    thing, place = _inhabitant(pick, BARE)
    many = agree("कितना", thing.agreement)
    return Both(
        f"how many {thing.english} are {place.english}",
        f"{place.hindi} {many} {thing.hindi} हैं",
    )
