"""What somebody wants, needs, likes, may and must do; and giving."""

from tfplay.text.corpora.english_hindi.clauses import (
    FUTURE,
    HAVE_TO,
    LIKE_TO,
    MUST,
    PAST,
    SHOULD,
    WANT,
    Action,
    Both,
    english_do,
)
from tfplay.text.corpora.english_hindi.english import english_verb
from tfplay.text.corpora.english_hindi.hindi import agree, to_be
from tfplay.text.corpora.english_hindi.lexicon import (
    ANIMALS,
    DRINKS,
    EDIBLE,
    FOOD,
    GAMES,
    LANGUAGES,
    POSSESSIONS,
    SHOWS,
    SMALL_THINGS,
    SONGS,
    some,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.phrases import BARE, THE, THIS, A, Phrase, noun_phrase
from tfplay.text.corpora.english_hindi.pick import Pick
from tfplay.text.corpora.english_hindi.verbs import INVOLUNTARY, Verb

LIKED = EDIBLE + FOOD + DRINKS + GAMES + ANIMALS + SHOWS + SONGS + some("story, poem, flower")
WANTED = EDIBLE + DRINKS + FOOD + POSSESSIONS
GIVEN = SMALL_THINGS + EDIBLE
GIVERS = (
    Verb(english_verb("give gave given"), "दे"),
    Verb(english_verb("show showed shown"), "दिखा"),
    Verb(english_verb("send sent sent"), "भेज"),
    Verb(english_verb("sell sold sold"), "बेच"),
)
UNLIKELY = frozenset({"come", "stop", "arrive", "return", "hide", "wake up", "shout"})
UNLIKELY |= INVOLUNTARY


def liked(pick: Pick) -> Phrase:
    """Mangoes; tea; cricket."""
    noun = pick(LIKED)
    uncounted = noun in FOOD + DRINKS + GAMES
    return noun_phrase(noun, BARE, plural=not uncounted)


# Verbs with an infinitive --------------------------------------------------------------------


@pattern(weight=2)
def wants_to(pick: Pick) -> Both:
    """मैं हिंदी सीखना चाहता हूँ। I want to learn Hindi."""
    subject = pick.somebody()
    return WANT.statement(subject, pick.action(subject, INVOLUNTARY))


@pattern(weight=1.5)
def does_not_want_to(pick: Pick) -> Both:
    """वह जाना नहीं चाहता है। He does not want to go."""
    subject = pick.somebody()
    return WANT.negation(subject, pick.action(subject, INVOLUNTARY))


@pattern("?", weight=1.5)
def does_somebody_want_to(pick: Pick) -> Both:
    """क्या आप चाय पीना चाहते हैं? Do you want to drink tea?"""
    subject = pick.somebody()
    return WANT.question(subject, pick.action(subject, INVOLUNTARY))


@pattern(weight=1.5)
def has_to(pick: Pick) -> Both:
    """मुझे एक पत्र लिखना है। I have to write a letter."""
    subject = pick.somebody()
    return HAVE_TO.statement(subject, pick.action(subject, INVOLUNTARY))


@pattern("?")
def does_somebody_have_to(pick: Pick) -> Both:
    """क्या आपको जाना है? Do you have to go?"""
    subject = pick.somebody()
    return HAVE_TO.question(subject, pick.action(subject, INVOLUNTARY))


@pattern(weight=1.5)
def must(pick: Pick) -> Both:
    """आपको उसकी मदद करनी होगी। You must help him."""
    subject = pick.somebody()
    return MUST.statement(subject, pick.action(subject, INVOLUNTARY))


@pattern(weight=1.5)
def should(pick: Pick) -> Both:
    """हमें फल खाना चाहिए। We should eat fruit."""
    subject = pick.somebody()
    return SHOULD.statement(subject, pick.action(subject, INVOLUNTARY))


@pattern()
def should_not(pick: Pick) -> Both:
    """आपको नहीं हँसना चाहिए। You should not laugh."""
    subject = pick.somebody()
    return SHOULD.negation(subject, pick.action(subject, INVOLUNTARY))


@pattern()
def likes_to(pick: Pick) -> Both:
    """उसे नाचना पसंद है। She likes to dance."""
    return LIKE_TO.statement(pick.somebody(), pick.intransitive(UNLIKELY))


@pattern(weight=0.7)
def does_not_like_to(pick: Pick) -> Both:
    """उसे इंतज़ार करना पसंद नहीं है। He does not like to wait."""
    return LIKE_TO.negation(pick.somebody(), pick.intransitive(UNLIKELY))


@pattern("?", weight=0.7)
def does_somebody_like_to(pick: Pick) -> Both:
    """क्या आपको तैरना पसंद है? Do you like to swim?"""
    return LIKE_TO.question(pick.somebody(), pick.intransitive(UNLIKELY))


# Things --------------------------------------------------------------------------------------


@pattern(weight=2)
def likes(pick: Pick) -> Both:
    """रवि को आम पसंद हैं। Ravi likes mangoes."""
    subject, thing = pick.somebody(), liked(pick)
    verb = "like" if english_do(subject) == "do" else "likes"
    return Both(
        f"{subject.english} {verb} {thing.english}",
        f"{subject.before('को')} {thing.hindi} पसंद {to_be(thing.agreement)}",
    )


@pattern(weight=1.5)
def does_not_like(pick: Pick) -> Both:
    """मुझे कॉफ़ी पसंद नहीं है। I do not like coffee."""
    subject, thing = pick.somebody(), liked(pick)
    return Both(
        f"{subject.english} {english_do(subject)} not like {thing.english}",
        f"{subject.before('को')} {thing.hindi} पसंद नहीं {to_be(thing.agreement)}",
    )


@pattern("?", weight=1.5)
def does_somebody_like(pick: Pick) -> Both:
    """क्या आपको चाय पसंद है? Do you like tea?"""
    subject, thing = pick.somebody(), liked(pick)
    return Both(
        f"{english_do(subject)} {subject.english} like {thing.english}",
        f"क्या {subject.before('को')} {thing.hindi} पसंद {to_be(thing.agreement)}",
    )


@pattern(weight=1.5)
def wants(pick: Pick) -> Both:
    """मुझे एक टिकट चाहिए। I want a ticket."""
    subject = pick.somebody()
    thing = pick.thing(pick(WANTED), subject)
    verb = "want" if english_do(subject) == "do" else "wants"
    return Both(
        f"{subject.english} {verb} {thing.english}",
        f"{subject.before('को')} {thing.hindi} चाहिए",
    )


@pattern("?")
def does_somebody_want(pick: Pick) -> Both:
    """क्या आपको चाय चाहिए? Do you want tea?"""
    subject = pick.somebody()
    thing = pick.thing(pick(WANTED), subject)
    return Both(
        f"{english_do(subject)} {subject.english} want {thing.english}",
        f"क्या {subject.before('को')} {thing.hindi} चाहिए",
    )


@pattern()
def needs(pick: Pick) -> Both:
    """उसे एक डॉक्टर की ज़रूरत है। She needs a doctor."""
    subject = pick.somebody()
    thing = pick.thing(pick(WANTED), subject)
    verb = "need" if english_do(subject) == "do" else "needs"
    return Both(
        f"{subject.english} {verb} {thing.english}",
        f"{subject.before('को')} {thing.before('की')} ज़रूरत है",
    )


@pattern()
def knows_language(pick: Pick) -> Both:
    """मेरा भाई हिंदी बोलता है। My brother speaks Hindi."""
    subject, language = pick.somebody(), pick(LANGUAGES)
    verb = "speak" if english_do(subject) == "do" else "speaks"
    return Both(
        f"{subject.english} {verb} {language.english}",
        f"{subject.hindi} {language.hindi} {agree('बोलता', subject.agreement)} "
        f"{to_be(subject.agreement)}",
    )


@pattern("?")
def can_somebody_speak(pick: Pick) -> Both:
    """क्या आप हिंदी बोल सकते हैं? Can you speak Hindi?"""
    subject, language = pick.somebody(), pick(LANGUAGES)
    return Both(
        f"can {subject.english} speak {language.english}",
        f"क्या {subject.hindi} {language.hindi} बोल {agree('सकता', subject.agreement)} "
        f"{to_be(subject.agreement)}",
    )


# Giving --------------------------------------------------------------------------------------


def _giving(pick: Pick) -> tuple[Phrase, Action]:
    subject, verb = pick.somebody(), pick(GIVERS)
    receiver = pick.other(subject)
    thing = noun_phrase(pick(GIVEN), pick.any((A, THE, THIS)))
    given = Both(
        f"{receiver.english_object} {thing.english_object}",
        f"{receiver.before('को')} {thing.hindi}",
    )
    return subject, Action(verb, given, thing.agreement)


@pattern(weight=1.5)
def gave(pick: Pick) -> Both:
    """मैंने सीता को एक किताब दी। I gave Sita a book."""
    return PAST.statement(*_giving(pick))


@pattern(weight=1.5)
def will_give(pick: Pick) -> Both:
    """रवि हमें नक्शा दिखाएगा। Ravi will show us the map."""
    return FUTURE.statement(*_giving(pick))


@pattern()
def did_not_give(pick: Pick) -> Both:
    """उसने मुझे पत्र नहीं भेजा। He did not send me the letter."""
    return PAST.negation(*_giving(pick))


@pattern()
def gift_is_for(pick: Pick) -> Both:
    """यह तोहफ़ा आपके लिए है। This gift is for you."""
    thing = noun_phrase(pick(GIVEN), pick.any((THE, THIS)))
    person = pick.other(thing)
    return Both(
        f"{thing.english} is for {person.english_object}",
        f"{thing.hindi} {person.before_ke('लिए')} है",
    )
