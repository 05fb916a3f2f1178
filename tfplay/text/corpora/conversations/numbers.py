"""Sums, differences and comparisons of two numbers from 0 to 99."""

import re

from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("conversations/numbers.toml")

PLUS = _LISTS.weighted("plus")
MINUS = _LISTS.weighted("minus")
QUESTIONS = _LISTS.weighted("questions")
NEXT_QUESTIONS = _LISTS.words("next_questions")
SUMS = _LISTS.words("sums")
DIFFERENCES = _LISTS.words("differences")
MORE = _LISTS.words("more")
LESS = _LISTS.words("less")
ARE_YOU_SURE = _LISTS.words("are_you_sure")
REPEAT = _LISTS.words("repeat")
WHICH_IS_LARGER = _LISTS.words("which_is_larger")
WHICH_IS_SMALLER = _LISTS.words("which_is_smaller")
IS_IT_LARGER = _LISTS.words("is_it_larger")
IS_IT_SMALLER = _LISTS.words("is_it_smaller")
TOO_HARD = _LISTS.words("too_hard")
WORDS = _LISTS.words("words")
SPELLINGS = _LISTS.words("spellings")

LARGEST = 99
"""The largest number in a question; a sum may be larger."""

_RESULT = re.compile(r"\d+ (?:plus|minus) \d+ is (\d+)\.")


def draw(source: Source) -> Turn:
    """A question about two numbers."""
    makers = (add, subtract, compare, too_hard, too_large)
    return source.random.choices(makers, weights=(50, 32, 11, 5, 2))[0](source)


def add(source: Source, wordings: tuple[str, ...] = QUESTIONS) -> Turn:
    """A sum."""
    first, second = source.pair()
    question = _question(source, wordings, SUMS, PLUS).format(*_written(source, first, second))
    return _sum(question, first, second)


def subtract(source: Source, wordings: tuple[str, ...] = QUESTIONS) -> Turn:
    """A difference; seldom of a smaller number and a larger one, which has no number here."""
    first, second = source.pair()
    if source.random.random() < 0.85:
        first, second = max(first, second), min(first, second)
    wording = _question(source, wordings, DIFFERENCES, MINUS)
    return _difference(wording.format(*_written(source, first, second)), first, second)


def follow(source: Source, last: Turn) -> Turn:
    """What follows a reply about numbers: more of it, doubt, or another sum."""
    share = source.random.random()
    result = _RESULT.match(last.reply)
    if share < 0.3:
        return source.random.choice((add, subtract))(source, NEXT_QUESTIONS)
    if share < 0.45:
        return last._replace(said=source.worded(REPEAT))
    if share < 0.6 or result is None or int(result[1]) > LARGEST:
        sure = last._replace(said=source.worded(ARE_YOU_SURE))
        return sure._replace(reply=f"Yes, {last.reply}", word="Yes") if result else sure
    return go_on(source, int(result[1]))


def go_on(source: Source, first: int) -> Turn:
    """A number is added to the last result, or taken from it."""
    second = source.other_number(first)
    if source.random.random() < 0.6 or second > first:
        return _sum(source.worded(MORE).format(second), first, second)
    return _difference(source.worded(LESS).format(second), first, second)


def compare(source: Source) -> Turn:
    """A comparison: which of two is larger or smaller, or whether one is."""
    first, second = source.pair()
    if first == second:
        question = source.random.choice(WHICH_IS_LARGER + WHICH_IS_SMALLER)
        reply = f"{first} and {second} are equal."
        return Turn(question.format(first, second), reply, "Neither", "numbers")
    if source.random.random() < 0.5:
        return _which(source, first, second)
    return _whether(source, first, second)


def _which(source: Source, first: int, second: int) -> Turn:
    low, high = sorted((first, second))
    if source.random.random() < 0.6:
        question = source.worded(WHICH_IS_LARGER).format(first, second)
        return Turn(question, f"{high} is larger than {low}.", str(high), "numbers")
    question = source.worded(WHICH_IS_SMALLER).format(first, second)
    return Turn(question, f"{low} is smaller than {high}.", str(low), "numbers")


def _whether(source: Source, first: int, second: int) -> Turn:
    asks_larger = source.random.random() < 0.6
    questions = IS_IT_LARGER if asks_larger else IS_IT_SMALLER
    question = source.worded(questions).format(first, second)
    word = "Yes" if (first > second) == asks_larger else "No"
    relation = "larger" if first > second else "smaller"
    return Turn(question, f"{word}, {first} is {relation} than {second}.", word, "numbers")


def too_hard(source: Source) -> Turn:
    """A product, a quotient or a sum of three, which this assistant has not learned."""
    question = source.random.choice(TOO_HARD).format(*source.pair())
    reply = "I can only add, subtract and compare two numbers. Try 12 + 9."
    return Turn(question, reply, "Unknown", "numbers")


def too_large(source: Source) -> Turn:
    """A sum or a difference with a number of three digits."""
    numbers = [source.random.randrange(100, 1000), source.random.randrange(1, 1000)]
    source.random.shuffle(numbers)
    wordings = _question(source, QUESTIONS, SUMS, PLUS), _question(source, QUESTIONS, (), MINUS)
    question = source.random.choice(wordings).format(*numbers)
    return Turn(question, "I only know numbers up to 99. Try 12 + 9.", "Unknown", "numbers")


def _question(
    source: Source, wordings: tuple[str, ...], others: tuple[str, ...], signs: tuple[str, ...]
) -> str:
    """A question with a sign, such as "What is {}+{}?", or now and then one in words."""
    if others and wordings is QUESTIONS and source.random.random() < 0.2:
        return source.worded(others)
    return source.worded(wordings).replace("{}", "{}" + source.random.choice(signs) + "{}")


def _written(source: Source, first: int, second: int) -> tuple[int | str, int | str]:
    """The two numbers in digits, or now and then as words."""
    if max(first, second) < len(WORDS) and source.random.random() < 0.15:
        return WORDS[first], WORDS[second]
    return first, second


def _sum(question: str, first: int, second: int) -> Turn:
    total = first + second
    return Turn(question, f"{first} plus {second} is {total}.", str(total), "numbers")


def _difference(question: str, first: int, second: int) -> Turn:
    rest = first - second
    if rest < 0:
        return Turn(question, f"{first} minus {second} is below 0.", "Negative", "numbers")
    return Turn(question, f"{first} minus {second} is {rest}.", str(rest), "numbers")
