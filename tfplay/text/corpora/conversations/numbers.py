"""Sums, differences and comparisons of two numbers from 0 to 99."""

from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import read_lists

_LISTS = read_lists("conversations/numbers.toml")

SUMS = _LISTS.words("sums")
DIFFERENCES = _LISTS.words("differences")
WHICH_IS_LARGER = _LISTS.words("which_is_larger")
WHICH_IS_SMALLER = _LISTS.words("which_is_smaller")
IS_IT_LARGER = _LISTS.words("is_it_larger")
IS_IT_SMALLER = _LISTS.words("is_it_smaller")
TOO_HARD = _LISTS.words("too_hard")


def draw(source: Source) -> Turn:
    """A question about two numbers."""
    makers = (add, subtract, compare, too_hard, too_large)
    return source.random.choices(makers, weights=(48, 32, 14, 3, 3))[0](source)


def add(source: Source) -> Turn:
    """A sum."""
    first, second = source.pair()
    question = source.random.choice(SUMS).format(first, second)
    total = first + second
    return Turn(question, f"{first} plus {second} is {total}.", str(total), "numbers")


def subtract(source: Source) -> Turn:
    """A difference; seldom of a smaller number and a larger one, which has no number here."""
    first, second = source.pair()
    if source.random.random() < 0.85:
        first, second = max(first, second), min(first, second)
    question = source.random.choice(DIFFERENCES).format(first, second)
    rest = first - second
    if rest < 0:
        return Turn(question, f"{first} minus {second} is below 0.", "Negative", "numbers")
    return Turn(question, f"{first} minus {second} is {rest}.", str(rest), "numbers")


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
        question = source.random.choice(WHICH_IS_LARGER).format(first, second)
        return Turn(question, f"{high} is larger than {low}.", str(high), "numbers")
    question = source.random.choice(WHICH_IS_SMALLER).format(first, second)
    return Turn(question, f"{low} is smaller than {high}.", str(low), "numbers")


def _whether(source: Source, first: int, second: int) -> Turn:
    asks_larger = source.random.random() < 0.6
    questions = IS_IT_LARGER if asks_larger else IS_IT_SMALLER
    question = source.random.choice(questions).format(first, second)
    word = "Yes" if (first > second) == asks_larger else "No"
    relation = "larger" if first > second else "smaller"
    return Turn(question, f"{word}, {first} is {relation} than {second}.", word, "numbers")


def too_hard(source: Source) -> Turn:
    """A product or a quotient, which this assistant has not learned."""
    question = source.random.choice(TOO_HARD).format(*source.pair())
    return Turn(question, "I can only add, subtract and compare.", "Unknown", "numbers")


def too_large(source: Source) -> Turn:
    """A sum or a difference with a number of three digits."""
    numbers = [source.random.randrange(100, 1000), source.random.randrange(1, 1000)]
    source.random.shuffle(numbers)
    question = source.random.choice(SUMS + DIFFERENCES).format(*numbers)
    return Turn(question, "I only know numbers up to 99.", "Unknown", "numbers")
