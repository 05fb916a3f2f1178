"""Somebody does something, in every tense: said, denied and asked."""

from tfplay.text.corpora.english_hindi.clauses import (
    CAN,
    FUTURE,
    HABITUAL,
    PAST,
    PAST_PERFECT,
    PAST_PROGRESSIVE,
    PERFECT,
    PROGRESSIVE,
    USED_TO,
    WANT,
    Action,
    Both,
    joined,
)
from tfplay.text.corpora.english_hindi.english import english_verb
from tfplay.text.corpora.english_hindi.hindi import agree, perfective, to_be
from tfplay.text.corpora.english_hindi.lexicon import (
    ANIMALS,
    CLOTHES,
    COLOURS,
    FREQUENCIES,
    NUMBERS,
    PEOPLE,
    POSSESSIONS,
    THING_ADJECTIVES,
    TRAITS,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.phrases import THE, THESE, THIS, WHO, A, counted, noun_phrase
from tfplay.text.corpora.english_hindi.pick import Pick, act, towards
from tfplay.text.corpora.english_hindi.verbs import (
    INVOLUNTARY,
    SAME_PAST,
    SOCIAL,
    STATIVE,
    TRANSITIVE,
    UNPROGRESSIVE,
    Verb,
)


@pattern(weight=2)
def does(pick: Pick) -> Both:
    """रवि दूध पीता है। Ravi drinks milk."""
    subject = pick.somebody()
    return HABITUAL.statement(subject, pick.action(subject, SAME_PAST))


@pattern(weight=2)
def does_not(pick: Pick) -> Both:
    """रवि दूध नहीं पीता है। Ravi does not drink milk."""
    subject = pick.somebody()
    return HABITUAL.negation(subject, pick.action(subject))


@pattern("?", weight=2)
def does_somebody(pick: Pick) -> Both:
    """क्या रवि दूध पीता है? Does Ravi drink milk?"""
    subject = pick.somebody()
    return HABITUAL.question(subject, pick.action(subject))


@pattern()
def does_often(pick: Pick) -> Both:
    """रवि अक्सर दूध पीता है। Ravi often drinks milk."""
    subject, frequency = pick.third_person(), pick(FREQUENCIES)
    action = pick.action(subject, SAME_PAST)
    sentence = HABITUAL.statement(subject, action, Both("", frequency.hindi))
    verb = HABITUAL.english_verb(subject, action.verb)
    english = joined(subject.english, frequency.english, verb, action.object.english)
    return Both(english, sentence.hindi)


@pattern()
def never_does(pick: Pick) -> Both:
    """रवि कभी दूध नहीं पीता है। Ravi never drinks milk."""
    subject = pick.somebody()
    action = pick.action(subject, SAME_PAST)
    verb = HABITUAL.english_verb(subject, action.verb)
    english = joined(subject.english, "never", verb, action.object.english)
    return Both(english, HABITUAL.negation(subject, action, Both("", "कभी")).hindi)


@pattern(weight=2)
def is_doing(pick: Pick) -> Both:
    """सीता एक किताब पढ़ रही है। Sita is reading a book."""
    subject = pick.somebody()
    return PROGRESSIVE.statement(subject, pick.action(subject, UNPROGRESSIVE))


@pattern(weight=1.5)
def is_not_doing(pick: Pick) -> Both:
    """सीता नहीं पढ़ रही है। Sita is not reading."""
    subject = pick.somebody()
    return PROGRESSIVE.negation(subject, pick.action(subject, UNPROGRESSIVE))


@pattern("?", weight=1.5)
def is_somebody_doing(pick: Pick) -> Both:
    """क्या सीता एक किताब पढ़ रही है? Is Sita reading a book?"""
    subject = pick.somebody()
    return PROGRESSIVE.question(subject, pick.action(subject, UNPROGRESSIVE))


@pattern(weight=1.5)
def was_doing(pick: Pick) -> Both:
    """लड़कियाँ गा रही थीं। The girls were singing."""
    subject = pick.somebody()
    return PAST_PROGRESSIVE.statement(subject, pick.action(subject, UNPROGRESSIVE))


@pattern("?")
def was_somebody_doing(pick: Pick) -> Both:
    """क्या लड़कियाँ गा रही थीं? Were the girls singing?"""
    subject = pick.somebody()
    return PAST_PROGRESSIVE.question(subject, pick.action(subject, UNPROGRESSIVE))


@pattern(weight=3)
def did(pick: Pick) -> Both:
    """उसने एक सेब खाया। She ate an apple."""
    subject = pick.somebody()
    return PAST.statement(subject, pick.action(subject, STATIVE | SAME_PAST))


@pattern(weight=2)
def did_not(pick: Pick) -> Both:
    """उसने सेब नहीं खाया। She did not eat the apple."""
    subject = pick.somebody()
    return PAST.negation(subject, pick.action(subject, STATIVE))


@pattern("?", weight=2)
def did_somebody(pick: Pick) -> Both:
    """क्या उसने सेब खाया? Did she eat the apple?"""
    subject = pick.somebody()
    return PAST.question(subject, pick.action(subject, STATIVE))


@pattern(weight=2)
def has_done(pick: Pick) -> Both:
    """मैंने यह किताब पढ़ी है। I have read this book."""
    subject = pick.somebody()
    return PERFECT.statement(subject, pick.action(subject, STATIVE))


@pattern(weight=1.5)
def has_not_done(pick: Pick) -> Both:
    """मैंने यह किताब नहीं पढ़ी है। I have not read this book."""
    subject = pick.somebody()
    return PERFECT.negation(subject, pick.action(subject, STATIVE))


@pattern("?")
def has_somebody_done(pick: Pick) -> Both:
    """क्या आपने यह किताब पढ़ी है? Have you read this book?"""
    subject = pick.somebody()
    return PERFECT.question(subject, pick.action(subject, STATIVE))


@pattern(weight=1.5)
def had_done(pick: Pick) -> Both:
    """लड़के गए थे। The boys had gone."""
    subject = pick.somebody()
    return PAST_PERFECT.statement(subject, pick.action(subject, STATIVE))


@pattern(weight=2)
def will_do(pick: Pick) -> Both:
    """हम एक गाड़ी खरीदेंगे। We will buy a car."""
    subject = pick.somebody()
    return FUTURE.statement(subject, pick.action(subject))


@pattern(weight=1.5)
def will_not_do(pick: Pick) -> Both:
    """हम एक गाड़ी नहीं खरीदेंगे। We will not buy a car."""
    subject = pick.somebody()
    return FUTURE.negation(subject, pick.action(subject))


@pattern("?", weight=1.5)
def will_somebody_do(pick: Pick) -> Both:
    """क्या आप मेरी मदद करेंगे? Will you help me?"""
    subject = pick.somebody()
    return FUTURE.question(subject, pick.action(subject))


@pattern()
def used_to_do(pick: Pick) -> Both:
    """वह तैरता था। He used to swim."""
    subject = pick.somebody()
    return USED_TO.statement(subject, pick.action(subject))


@pattern(weight=2)
def can_do(pick: Pick) -> Both:
    """मैं तैर सकता हूँ। I can swim."""
    subject = pick.somebody()
    return CAN.statement(subject, pick.action(subject, INVOLUNTARY))


@pattern(weight=1.5)
def cannot_do(pick: Pick) -> Both:
    """मैं नहीं तैर सकता हूँ। I cannot swim."""
    subject = pick.somebody()
    return CAN.negation(subject, pick.action(subject, INVOLUNTARY))


@pattern("?", weight=1.5)
def can_somebody_do(pick: Pick) -> Both:
    """क्या आप दरवाज़ा खोल सकते हैं? Can you open the door?"""
    subject = pick.somebody()
    return CAN.question(subject, pick.action(subject, INVOLUNTARY))


@pattern()
def has_already_done(pick: Pick) -> Both:
    """मेहमान जा चुके हैं। The guests have already gone."""
    subject = pick.somebody()
    action = pick.action(subject, INVOLUNTARY)
    english = PERFECT.statement(subject, action).english
    auxiliary = PERFECT.auxiliary(subject)
    finished = agree("चुका", subject.agreement)
    return Both(
        english.replace(f" {auxiliary} ", f" {auxiliary} already ", 1),
        joined(
            subject.hindi,
            action.object.hindi,
            action.verb.stem,
            finished,
            to_be(subject.agreement),
        ),
    )


@pattern()
def began_to_do(pick: Pick) -> Both:
    """बच्चा रोने लगा। The child began to cry."""
    subject = pick.somebody()
    action = pick.action(subject, STATIVE)
    return Both(
        joined(subject.english, "began to", action.verb.english, action.object.english),
        joined(
            subject.hindi,
            action.object.hindi,
            action.verb.stem + "ने",
            perfective("लग", subject.agreement),
        ),
    )


# Who, what, why ------------------------------------------------------------------------------


@pattern("?")
def who_does(pick: Pick) -> Both:
    """कौन दूध पीता है? Who drinks milk?"""
    return HABITUAL.statement(WHO, pick.action(WHO))


@pattern("?")
def who_did(pick: Pick) -> Both:
    """किसने मेरा आम खाया? Who ate my mango?"""
    return PAST.statement(WHO, pick.action(WHO, STATIVE))


@pattern("?")
def who_is_doing(pick: Pick) -> Both:
    """कौन गा रहा है? Who is singing?"""
    return PROGRESSIVE.statement(WHO, pick.action(WHO, UNPROGRESSIVE))


@pattern("?")
def who_will_do(pick: Pick) -> Both:
    """कौन जाएगा? Who will go?"""
    return FUTURE.statement(WHO, pick.action(WHO))


WHY = Both("why", "क्यों")
WHEN = Both("when", "कब")


@pattern("?")
def why_is_somebody_doing(pick: Pick) -> Both:
    """बच्चा क्यों रो रहा है? Why is the child crying?"""
    subject = pick.somebody()
    return PROGRESSIVE.question(subject, pick.action(subject, UNPROGRESSIVE), word=WHY)


@pattern("?")
def why_did_somebody(pick: Pick) -> Both:
    """आप क्यों हँसे? Why did you laugh?"""
    subject = pick.somebody()
    return PAST.question(subject, pick.action(subject, STATIVE), word=WHY)


@pattern("?")
def when_will_somebody(pick: Pick) -> Both:
    """रवि कब आएगा? When will Ravi come?"""
    subject = pick.somebody()
    return FUTURE.question(subject, pick.action(subject, INVOLUNTARY), word=WHEN)


@pattern("?")
def when_did_somebody(pick: Pick) -> Both:
    """रवि कब आया? When did Ravi come?"""
    subject = pick.somebody()
    return PAST.question(subject, pick.action(subject, STATIVE), word=WHEN)


WHAT = Both("what", "क्या")
DONE_TO_WHAT = ("eat", "drink", "read", "write", "buy", "sell", "listen to", "make", "learn")
DO_WHAT = (
    *(verb for verb in TRANSITIVE if verb.english in DONE_TO_WHAT),
    Verb(english_verb("do did done"), "कर"),
)


@pattern("?")
def what_does_somebody_do(pick: Pick) -> Both:
    """आप क्या खाते हैं? What do you eat?"""
    return HABITUAL.question(pick.somebody(), Action(pick(DO_WHAT)), word=WHAT)


@pattern("?")
def what_is_somebody_doing(pick: Pick) -> Both:
    """सीता क्या पढ़ रही है? What is Sita reading?"""
    return PROGRESSIVE.question(pick.somebody(), Action(pick(DO_WHAT)), word=WHAT)


@pattern("?")
def what_did_somebody_do(pick: Pick) -> Both:
    """उसने क्या खरीदा? What did she buy?"""
    return PAST.question(pick.somebody(), Action(pick(DO_WHAT)), word=WHAT)


@pattern("?")
def what_will_somebody_do(pick: Pick) -> Both:
    """वे क्या करेंगे? What will they do?"""
    return FUTURE.question(pick.somebody(), Action(pick(DO_WHAT)), word=WHAT)


# Adjectives and animals as objects -----------------------------------------------------------

WEAR = Verb(english_verb("wear wore worn"), "पहन")
OPTIONS = (PAST, PERFECT, FUTURE, WANT)


@pattern()
def wears_a_coloured_dress(pick: Pick) -> Both:
    """सीता ने एक लाल साड़ी पहनी। Sita wore a red sari."""
    clothing = noun_phrase(pick(CLOTHES), pick.any((A, THE)), pick(COLOURS))
    return pick.any(OPTIONS).statement(pick.somebody(), act(WEAR, clothing))


@pattern()
def buys_a_described_thing(pick: Pick) -> Both:
    """मैंने एक पुरानी किताब खरीदी। I bought an old book."""
    verb = pick([verb for verb in TRANSITIVE if verb.english in ("buy", "sell", "see", "bring")])
    adjective = pick(THING_ADJECTIVES + COLOURS)
    plural = pick.happens(0.3)
    determiner = counted(pick(NUMBERS)) if plural else pick.any((A, THE))
    thing = noun_phrase(pick(POSSESSIONS), determiner, adjective, plural)
    return pick.any(OPTIONS).statement(pick.somebody(), act(verb, thing))


@pattern()
def meets_a_described_person(pick: Pick) -> Both:
    """रवि बूढ़े आदमी की मदद करेगा। Ravi will help the elderly man."""
    verb = pick([verb for verb in SOCIAL if verb.english not in STATIVE])
    person = noun_phrase(pick(PEOPLE), pick.any((A, THE, THIS)), pick(TRAITS))
    return pick.any(OPTIONS).statement(pick.somebody(), towards(verb, person))


@pattern()
def a_described_person_does(pick: Pick) -> Both:
    """लंबे लड़के ने एक आम खाया। The tall boy ate a mango."""
    plural = pick.happens(0.2)
    determiner = pick.any((THE, THESE if plural else THIS))
    subject = noun_phrase(pick(PEOPLE), determiner, pick(TRAITS), plural)
    return pick.any(OPTIONS).statement(subject, pick.action(subject, INVOLUNTARY | SAME_PAST))


@pattern()
def sees_an_animal(pick: Pick) -> Both:
    """मैंने एक साँप देखा। मैंने कुत्ते को देखा। I saw a snake. I saw the dog.

    A certain animal takes को, as people do; any animal does not.
    """
    verb = pick([verb for verb in TRANSITIVE if verb.english in ("see", "catch", "look for")])
    certain = pick.happens(0.5)
    animal = noun_phrase(pick(ANIMALS), pick.any((THE, THIS)) if certain else A)
    action = towards(verb._replace(case="को"), animal) if certain else act(verb, animal)
    return pick.any(OPTIONS).statement(pick.somebody(), action)
