"""Two clauses in one sentence, and companions."""

from tfplay.text.corpora.english_hindi.clauses import (
    FUTURE,
    HABITUAL,
    IS,
    PAST,
    PAST_PROGRESSIVE,
    PROGRESSIVE,
    WANT,
    Action,
    Both,
    complement,
    described,
    english_be,
    joined,
)
from tfplay.text.corpora.english_hindi.english import english_verb
from tfplay.text.corpora.english_hindi.hindi import to_be
from tfplay.text.corpora.english_hindi.lexicon import PEOPLE, RELATIVES, STATES, TRAITS
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.patterns.travelling import COME
from tfplay.text.corpora.english_hindi.phrases import (
    PRONOUNS,
    THE,
    Determiner,
    Phrase,
    noun_phrase,
    possessive,
)
from tfplay.text.corpora.english_hindi.pick import Pick
from tfplay.text.corpora.english_hindi.verbs import INVOLUNTARY, UNPROGRESSIVE, Verb

KNOW = Verb(english_verb("know knew known"), "जान")
THINK = Verb(english_verb("think thought thought"), "सोच")
WHICH = Determiner("which", "जो", "जिस")
ALONE = INVOLUNTARY | UNPROGRESSIVE | {"fight"}
SAY = Verb(english_verb("say said said"), "कह")


def _is(subject: Phrase, pick: Pick) -> Both:
    return IS.statement(subject, described(pick(STATES), subject))


def _join(first: Both, english: str, hindi: str, second: Both) -> Both:
    return Both(
        f"{first.english} {english} {second.english}", f"{first.hindi} {hindi} {second.hindi}"
    )


@pattern(weight=1.5)
def is_because(pick: Pick) -> Both:
    """सीता खुश है क्योंकि उसका भाई आया। Sita is happy because her brother came."""
    first, second = pick.somebody(), pick.third_person()
    return _join(_is(first, pick), "because", "क्योंकि", PAST.statement(second, pick.intransitive()))


@pattern(weight=1.5)
def and_(pick: Pick) -> Both:
    """रवि गा रहा है और सीता नाच रही है। Ravi is singing and Sita is dancing."""
    first, second = pick.two_people()
    tense = pick.any((HABITUAL, PROGRESSIVE, PAST, FUTURE))
    return _join(
        tense.statement(first, pick.intransitive(UNPROGRESSIVE)),
        "and",
        "और",
        tense.statement(second, pick.intransitive(UNPROGRESSIVE)),
    )


@pattern(weight=1.5)
def but_not(pick: Pick) -> Both:
    """मैं जाऊँगा लेकिन वह नहीं जाएगा। I will go but he will not go."""
    first, second = pick.two_people()
    tense = pick.any((HABITUAL, PAST, FUTURE))
    action = pick.intransitive()
    return _join(tense.statement(first, action), "but", "लेकिन", tense.negation(second, action))


@pattern()
def is_but(pick: Pick) -> Both:
    """राजा अमीर है लेकिन खुश नहीं है। The king is rich but not happy."""
    subject, first, second = pick.somebody(), pick(TRAITS), pick(STATES)
    be = to_be(subject.agreement)
    return Both(
        f"{subject.english} {english_be(subject)} {first.english} but not {second.english}",
        f"{subject.hindi} {complement(first, subject)} {be} लेकिन "
        f"{complement(second, subject)} नहीं {be}",
    )


@pattern()
def when_somebody_came(pick: Pick) -> Both:
    """जब रवि आया, तब सीता सो रही थी। When Ravi came, Sita was sleeping."""
    first, second = pick.two_people()
    came = PAST.statement(first, pick.intransitive())
    slept = PAST_PROGRESSIVE.statement(second, pick.intransitive(UNPROGRESSIVE))
    return Both(f"when {came.english}, {slept.english}", f"जब {came.hindi}, तब {slept.hindi}")


@pattern()
def if_somebody_does(pick: Pick) -> Both:
    """अगर आप आएँगे, तो मैं गाऊँगा। If you come, I will sing."""
    first, second = pick.two_people()
    action, consequence = pick.intransitive(), pick.intransitive()
    condition = FUTURE.statement(first, action)
    english_condition = HABITUAL.statement(first, action).english
    result = FUTURE.statement(second, consequence)
    return Both(
        f"if {english_condition}, {result.english}", f"अगर {condition.hindi}, तो {result.hindi}"
    )


@pattern()
def says_that(pick: Pick) -> Both:
    """मैं जानता हूँ कि वह बीमार है। I know that she is ill."""
    subject, other = pick.two_people()
    knows = HABITUAL.statement(subject, Action(pick.any((KNOW, THINK, SAY))))
    return _join(knows, "that", "कि", _is(other, pick))


@pattern()
def with_somebody(pick: Pick) -> Both:
    """वह अपने दोस्त के साथ खेलता है। He plays with his friend."""
    subject = pick.somebody()
    other = pick.other(subject)
    tense = pick.any((HABITUAL, PROGRESSIVE, PAST, FUTURE, WANT))
    companion = Both(f"with {other.english_object}", other.before_ke("साथ"))
    return tense.statement(subject, pick.intransitive(ALONE), companion)


@pattern()
def who_is_doing_is(pick: Pick) -> Both:
    """जो लड़का गा रहा है, वह मेरा भाई है। The boy who is singing is my brother."""
    kin = pick(RELATIVES)
    gender = kin.gender
    somebody = pick(tuple(noun for noun in PEOPLE if noun.gender == gender))
    person = noun_phrase(somebody, THE)
    deed = PROGRESSIVE.statement(noun_phrase(somebody, WHICH), pick.intransitive(UNPROGRESSIVE))
    relative = noun_phrase(kin, possessive(pick.any(PRONOUNS)))
    english_deed = deed.english.removeprefix(f"which {somebody.english} ")
    return Both(
        f"{person.english} who {english_deed} is {relative.english}",
        f"{deed.hindi}, वह {relative.hindi} है",
    )


@pattern()
def after_doing(pick: Pick) -> Both:
    """सेब खाकर रवि सोया। After eating an apple, Ravi slept."""
    subject = pick.somebody()
    before, after = pick.transitive(subject), pick.intransitive()
    then = PAST.statement(subject, after)
    return Both(
        f"after {before.verb.forms.ing} {before.object.english}, {then.english}",
        f"{having_done(before)} {then.hindi}",
    )


@pattern()
def will_do_after_doing(pick: Pick) -> Both:
    """रवि चाय पीकर जाएगा। Ravi will go after drinking tea."""
    subject = pick.somebody()
    before, after = pick.transitive(subject), pick.intransitive()
    first = Both(f"after {before.verb.forms.ing} {before.object.english}", having_done(before))
    return FUTURE.statement(subject, after, first)


def having_done(action: Action) -> str:
    """चाय पीकर; दरवाज़ा बंद करके."""
    ending = "के" if action.verb.stem.endswith("कर") else "कर"
    return f"{action.object.hindi} {action.verb.stem}{ending}"


@pattern()
def came_to_do(pick: Pick) -> Both:
    """रवि मेरी मदद करने आया। Ravi came to help me."""
    subject = pick.somebody()
    action = pick.action(subject, INVOLUNTARY | {"come", "go"})
    tense = pick.any((PAST, FUTURE))
    purpose = Both(
        joined("to", action.verb.english, action.object.english),
        joined(action.object.hindi, action.verb.stem + "ने"),
    )
    return tense.statement(subject, Action(COME, purpose))
