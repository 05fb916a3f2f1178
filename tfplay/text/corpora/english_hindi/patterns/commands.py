"""Commands and proposals; whom one speaks to decides between आप, तुम and तू."""

from tfplay.text.corpora.english_hindi.clauses import Action, Both, joined, without_article
from tfplay.text.corpora.english_hindi.hindi import Agreement, agree_all, imperative, subjunctive
from tfplay.text.corpora.english_hindi.lexicon import (
    DESTINATIONS,
    FAMILIAR_ADDRESS,
    FAMILIAR_ADDRESS_OF_SEVERAL,
    INTIMATE_ADDRESS,
    POLITE_ADDRESS,
    SMALL_THINGS,
    STATES,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.patterns.travelling import GO, destination
from tfplay.text.corpora.english_hindi.phrases import (
    PRONOUNS,
    THE,
    THIS,
    WE,
    YOU,
    A,
    noun_phrase,
)
from tfplay.text.corpora.english_hindi.pick import Pick
from tfplay.text.corpora.english_hindi.verbs import INVOLUNTARY

FAMILIAR = FAMILIAR_ADDRESS + FAMILIAR_ADDRESS_OF_SEVERAL
UNCOMMANDED = INVOLUNTARY | {"see", "arrive", "hide"}
GROWN_UP = frozenset({"drive", "sell", "buy", "repair", "cook", "scold", "teach", "travel", "lift"})


def command(action: Action, respect: str, word: str = "") -> Both:
    """Open the door, दरवाज़ा खोलिए; with मत it is forbidden."""
    *before, last = imperative(action.verb.stem, respect).split()
    english_not = "do not " if word == "मत" else ""
    thing = without_article(action.object.hindi) if word == "मत" else action.object.hindi
    return Both(
        joined(english_not + action.verb.english, action.object.english),
        joined(thing, *before, word, last),
    )


@pattern(weight=1.5)
def do(pick: Pick) -> Both:
    """दरवाज़ा खोलिए। Open the door."""
    return command(pick.action(YOU, UNCOMMANDED), "आप")


@pattern(weight=1.5)
def please_do(pick: Pick) -> Both:
    """कृपया मेरी मदद कीजिए। Please help me."""
    asked = command(pick.action(YOU, UNCOMMANDED), "आप")
    return Both(f"please {asked.english}", f"कृपया {asked.hindi}")


@pattern(weight=1.5)
def do_not(pick: Pick) -> Both:
    """मत हँसिए। Do not laugh."""
    return command(pick.action(YOU, UNCOMMANDED), "आप", "मत")


@pattern()
def do_sir(pick: Pick) -> Both:
    """श्रीमान, कृपया बैठिए। Please sit, sir."""
    address = pick.any(POLITE_ADDRESS)
    asked = command(pick.action(YOU, UNCOMMANDED), "आप")
    return Both(
        f"please {asked.english}, {address.english}", f"{address.hindi}, कृपया {asked.hindi}"
    )


@pattern(weight=1.5)
def do_my_friend(pick: Pick) -> Both:
    """मेरे दोस्त, आओ। Come, my friend."""
    address = pick.any(FAMILIAR)
    asked = command(pick.action(YOU, UNCOMMANDED), "तुम")
    return Both(f"{asked.english}, {address.english}", f"{address.hindi}, {asked.hindi}")


@pattern()
def do_not_my_friend(pick: Pick) -> Both:
    """मेरे दोस्त, मत रोओ। Do not cry, my friend."""
    address = pick.any(FAMILIAR)
    asked = command(pick.action(YOU, UNCOMMANDED), "तुम", "मत")
    return Both(f"{asked.english}, {address.english}", f"{address.hindi}, {asked.hindi}")


@pattern()
def do_little_one(pick: Pick) -> Both:
    """मुन्ने, दूध पी। Drink the milk, little one."""
    address = pick.any(INTIMATE_ADDRESS)
    action = pick.action(YOU, UNCOMMANDED | GROWN_UP)
    asked = command(action, "तू", "मत" if pick.happens(0.3) else "")
    return Both(f"{asked.english}, {address.english}", f"{address.hindi}, {asked.hindi}")


TUM = Agreement("m", "p", 2)
TU = Agreement("m", "s", 2)


@pattern()
def you_are_my_friend(pick: Pick) -> Both:
    """मेरे दोस्त, तुम खुश हो। You are happy, my friend."""
    address, adjective = pick.any(FAMILIAR_ADDRESS), pick(STATES)
    return Both(
        f"you are {adjective.english}, {address.english}",
        f"{address.hindi}, तुम {agree_all(adjective.hindi, TUM)} हो",
    )


@pattern("?")
def are_you_my_friend(pick: Pick) -> Both:
    """मेरे दोस्त, क्या तुम तैयार हो? Are you ready, my friend?"""
    address, adjective = pick.any(FAMILIAR_ADDRESS), pick(STATES)
    return Both(
        f"are you {adjective.english}, {address.english}",
        f"{address.hindi}, क्या तुम {agree_all(adjective.hindi, TUM)} हो",
    )


@pattern("?")
def are_you_little_one(pick: Pick) -> Both:
    """मुन्ने, क्या तू डरा हुआ है? Are you scared, little one?"""
    address, adjective = pick.any(INTIMATE_ADDRESS), pick(STATES)
    return Both(
        f"are you {adjective.english}, {address.english}",
        f"{address.hindi}, क्या तू {agree_all(adjective.hindi, TU)} है",
    )


@pattern(weight=1.5)
def give_me(pick: Pick) -> Both:
    """मुझे किताब दीजिए। Give me the book."""
    person = pick.any(PRONOUNS[:1] + PRONOUNS[2:])
    thing = noun_phrase(pick(SMALL_THINGS), pick.any((A, THE, THIS)))
    verb, hindi = pick.any((("give", "दीजिए"), ("show", "दिखाइए")))
    return Both(
        f"{verb} {person.english_object} {thing.english}",
        f"{person.before('को')} {thing.hindi} {hindi}",
    )


@pattern(weight=1.5)
def let_us_do(pick: Pick) -> Both:
    """आइए, आम खाएँ। Let us eat mangoes."""
    action = pick.action(WE, UNCOMMANDED | {"go", "come"})
    return Both(
        joined("let us", action.verb.english, action.object.english),
        joined("आइए,", action.object.hindi, subjunctive(action.verb.stem, WE.agreement)),
    )


@pattern()
def let_us_go_to(pick: Pick) -> Both:
    """आइए, बाज़ार चलें। Let us go to the market."""
    place = destination(pick(DESTINATIONS))
    return Both(f"let us {GO.english} {place.english}", f"आइए, {place.hindi} चलें")
