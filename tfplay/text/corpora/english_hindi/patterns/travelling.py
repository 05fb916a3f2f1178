"""Where somebody lives, goes and comes from."""

from tfplay.text.corpora.english_hindi.clauses import (
    FUTURE,
    HABITUAL,
    IS,
    PAST,
    PAST_PROGRESSIVE,
    PERFECT,
    PROGRESSIVE,
    Action,
    Both,
)
from tfplay.text.corpora.english_hindi.english import english_verb
from tfplay.text.corpora.english_hindi.hindi import noun_form
from tfplay.text.corpora.english_hindi.lexicon import (
    ANIMALS,
    CITIES,
    DESTINATIONS,
    HOUSE,
    NUMBERS,
    OUTDOORS,
    PLACE_ADJECTIVES,
    ROOMS,
    TOWNS,
    TRANSPORT,
    Place,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.patterns.places import ANYWHERE, at
from tfplay.text.corpora.english_hindi.phrases import (
    THE,
    A,
    counted,
    noun_phrase,
)
from tfplay.text.corpora.english_hindi.pick import Pick
from tfplay.text.corpora.english_hindi.verbs import UNPROGRESSIVE, Verb

GO = Verb(english_verb("go went gone"), "जा", ergative=False)
COME = Verb(english_verb("come came come"), "आ", ergative=False)
LIVE = Verb(english_verb("live"), "रह", ergative=False)
WHERE = Both("where", "कहाँ")
HOW = Both("how", "कैसे")


def destination(place: Place) -> Both:
    """To the market, बाज़ार."""
    return Both(f"to the {place.english}", noun_form(place.hindi, place.gender, oblique=True))


@pattern(weight=1.5)
def lives_in(pick: Pick) -> Both:
    """मेरी बहन मुंबई में रहती है। My sister lives in Mumbai."""
    person, city = pick.somebody(), pick(CITIES)
    return HABITUAL.statement(person, Action(LIVE, Both(f"in {city.english}", f"{city.hindi} में")))


@pattern()
def does_not_live_in(pick: Pick) -> Both:
    """वह दिल्ली में नहीं रहता है। He does not live in Delhi."""
    person, city = pick.somebody(), pick(CITIES)
    return HABITUAL.negation(person, Action(LIVE, Both(f"in {city.english}", f"{city.hindi} में")))


@pattern("?")
def where_does_somebody_live(pick: Pick) -> Both:
    """आप कहाँ रहते हैं? Where do you live?"""
    return HABITUAL.question(pick.somebody(), Action(LIVE), word=WHERE)


@pattern()
def is_from(pick: Pick) -> Both:
    """मैं जयपुर से हूँ। I am from Jaipur."""
    person, city = pick.somebody(), pick(CITIES)
    return IS.statement(person, Both(f"from {city.english}", f"{city.hindi} से"))


@pattern(weight=1.5)
def goes_to(pick: Pick) -> Both:
    """मैं रोज़ बाज़ार जाता हूँ। I go to the market every day."""
    person, time = pick.somebody(), pick.habit_time()
    return HABITUAL.statement(person, Action(GO, destination(pick(DESTINATIONS))), time)


@pattern(weight=1.5)
def is_going_to(pick: Pick) -> Both:
    """बच्चे चिड़ियाघर जा रहे हैं। The children are going to the zoo."""
    return PROGRESSIVE.statement(pick.somebody(), Action(GO, destination(pick(DESTINATIONS))))


@pattern(weight=1.5)
def went_to(pick: Pick) -> Both:
    """सीता कल मंदिर गई। Sita went to the temple yesterday."""
    person, time = pick.somebody(), pick.past_time()
    return PAST.statement(person, Action(GO, destination(pick(DESTINATIONS))), time)


@pattern()
def has_gone_to(pick: Pick) -> Both:
    """मेरे पिताजी दिल्ली गए हैं। My father has gone to Delhi."""
    city = pick(CITIES)
    return PERFECT.statement(pick.somebody(), Action(GO, Both(f"to {city.english}", city.hindi)))


@pattern(weight=1.5)
def will_go_to(pick: Pick) -> Both:
    """हम कल आगरा जाएँगे। We will go to Agra tomorrow."""
    person, time = pick.somebody(), pick.future_time()
    city = pick(CITIES)
    return FUTURE.statement(person, Action(GO, Both(f"to {city.english}", city.hindi)), time)


@pattern("?", weight=0.7)
def where_is_somebody_going(pick: Pick) -> Both:
    """आप कहाँ जा रहे हैं? Where are you going?"""
    return PROGRESSIVE.question(pick.somebody(), Action(GO), word=WHERE)


@pattern("?", weight=0.7)
def how_will_somebody_go(pick: Pick) -> Both:
    """आप दिल्ली कैसे जाएँगे? How will you go to Delhi?"""
    city = pick(CITIES)
    return FUTURE.question(
        pick.somebody(), Action(GO, Both(f"to {city.english}", city.hindi)), word=HOW
    )


@pattern()
def lives_in_a_described_house(pick: Pick) -> Both:
    """वे एक बड़े घर में रहते हैं। They live in a big house."""
    [house] = HOUSE
    home = noun_phrase(house, A, pick(PLACE_ADJECTIVES))
    return HABITUAL.statement(
        pick.somebody(), Action(LIVE, Both(f"in {home.english}", home.before("में")))
    )


@pattern("?")
def where_did_somebody_go(pick: Pick) -> Both:
    """आप कल कहाँ गए? Where did you go yesterday?"""
    person, time = pick.somebody(), pick.past_time()
    return PAST.question(person, Action(GO), time, WHERE)


@pattern()
def came_from(pick: Pick) -> Both:
    """मेहमान हवाई अड्डे से आए। The guests came from the airport."""
    place = noun_phrase(pick(DESTINATIONS), THE)
    tense = pick.any((PAST, PERFECT))
    return tense.statement(
        pick.somebody(), Action(COME, Both(f"from {place.english}", place.before("से")))
    )


@pattern()
def goes_by(pick: Pick) -> Both:
    """रवि रेलगाड़ी से पुणे जाता है। Ravi goes to Pune by train."""
    person, city, transport = pick.somebody(), pick(CITIES), pick(TRANSPORT)
    tense = pick.any((HABITUAL, PROGRESSIVE, FUTURE, PAST))
    sentence = tense.statement(
        person,
        Action(GO, Both(f"to {city.english}", city.hindi)),
        Both(f"by {transport.english}", f"{transport.hindi} से"),
    )
    return sentence


@pattern(weight=1.5)
def does_at(pick: Pick) -> Both:
    """लड़के बगीचे में खेल रहे हैं। The boys are playing in the garden."""
    tense = pick.any((HABITUAL, PROGRESSIVE, PAST, PAST_PROGRESSIVE, FUTURE))
    return tense.statement(pick.somebody(), pick.intransitive(MOVING), at(pick(ANYWHERE)))


MOVING = UNPROGRESSIVE | {"go", "come", "arrive", "return", "travel", "fall"}
ANIMAL_DEEDS = (
    Verb(english_verb("sleep slept slept"), "सो", ergative=False),
    Verb(english_verb("run ran run"), "दौड़", ergative=False),
    Verb(english_verb("play"), "खेल", ergative=False),
    Verb(english_verb("jump"), "कूद", ergative=False),
)


@pattern()
def animal_does_at(pick: Pick) -> Both:
    """दो बंदर जंगल में सो रहे थे। Two monkeys were sleeping in the forest."""
    plural = pick.happens(0.5)
    determiner = (THE if pick.happens(0.5) else counted(pick(NUMBERS))) if plural else THE
    animal = noun_phrase(pick(ANIMALS), determiner, plural=plural)
    tense = pick.any((PROGRESSIVE, PAST, PAST_PROGRESSIVE))
    return tense.statement(animal, Action(pick(ANIMAL_DEEDS)), at(pick(OUTDOORS + TOWNS + ROOMS)))
