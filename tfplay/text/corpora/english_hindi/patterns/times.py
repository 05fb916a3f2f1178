"""When somebody does something, and what time it is."""

from tfplay.text.corpora.english_hindi.clauses import (
    CAN,
    FUTURE,
    HABITUAL,
    PAST,
    PAST_PROGRESSIVE,
    PROGRESSIVE,
    Both,
)
from tfplay.text.corpora.english_hindi.lexicon import (
    DAYS,
    DURATIONS,
    MONTHS,
    NUMBERS,
    PRESENT_TIMES,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.pick import Pick
from tfplay.text.corpora.english_hindi.verbs import INVOLUNTARY, STATIVE, UNPROGRESSIVE


@pattern(weight=2)
def does_at_times(pick: Pick) -> Both:
    """वह रोज़ अख़बार पढ़ता है। He reads the newspaper every day."""
    subject = pick.somebody()
    return HABITUAL.statement(subject, pick.action(subject, INVOLUNTARY), pick.habit_time())


@pattern(weight=1.5)
def is_doing_now(pick: Pick) -> Both:
    """वह अब सो रही है। She is sleeping now."""
    subject = pick.somebody()
    return PROGRESSIVE.statement(
        subject, pick.action(subject, UNPROGRESSIVE), Both(*pick(PRESENT_TIMES))
    )


@pattern(weight=2)
def did_then(pick: Pick) -> Both:
    """मैंने कल एक किताब पढ़ी। I read a book yesterday."""
    subject = pick.somebody()
    return PAST.statement(subject, pick.action(subject, STATIVE), pick.past_time())


@pattern(weight=1.5)
def did_not_then(pick: Pick) -> Both:
    """मैंने कल काम नहीं किया। I did not work yesterday."""
    subject = pick.somebody()
    return PAST.negation(subject, pick.action(subject, STATIVE), pick.past_time())


@pattern()
def was_doing_then(pick: Pick) -> Both:
    """वे कल रात काम कर रहे थे। They were working last night."""
    subject = pick.somebody()
    return PAST_PROGRESSIVE.statement(
        subject, pick.action(subject, UNPROGRESSIVE), Both(*pick(DURATIONS))
    )


@pattern(weight=2)
def will_do_then(pick: Pick) -> Both:
    """मेरे दोस्त कल आएँगे। My friends will come tomorrow."""
    subject = pick.somebody()
    return FUTURE.statement(subject, pick.action(subject, STATIVE), pick.future_time())


@pattern("?", weight=1.5)
def will_somebody_do_then(pick: Pick) -> Both:
    """क्या आप कल आएँगे? Will you come tomorrow?"""
    subject = pick.somebody()
    return FUTURE.question(subject, pick.action(subject, STATIVE), pick.future_time())


@pattern("?")
def can_somebody_do_then(pick: Pick) -> Both:
    """क्या आप आज मेरी मदद कर सकते हैं? Can you help me today?"""
    subject = pick.somebody()
    return CAN.question(subject, pick.action(subject, INVOLUNTARY), Both(*pick(PRESENT_TIMES)))


@pattern(weight=0.2)
def it_is_the_hour(pick: Pick) -> Both:
    """सात बजे हैं। It is seven o'clock."""
    number = pick(NUMBERS)
    return Both(f"it is {number.english} o'clock", f"{number.hindi} बजे हैं")


@pattern(weight=0.2)
def the_day_is(pick: Pick) -> Both:
    """आज सोमवार है। Today is Monday."""
    day = pick(DAYS)
    time, hindi = pick.any(
        (
            ("today is {}", "आज {} है"),
            ("yesterday was {}", "कल {} था"),
            ("tomorrow is {}", "कल {} है"),
        )
    )
    return Both(time.format(day.english), hindi.format(day.hindi))


@pattern(weight=0.7)
def birthday_is_in(pick: Pick) -> Both:
    """मेरा जन्मदिन जून में है। My birthday is in June."""
    month = pick(MONTHS)
    person = pick.owner()
    return Both(
        f"{person.english_owner} birthday is in {month.english}",
        f"{person.before('का')} जन्मदिन {month.hindi} में है",
    )
