"""Patterns with slots, from patterns.toml: what fills them, and what agrees with it."""

import random
import re
from itertools import accumulate
from math import prod

from tfplay.text.corpora.english_hindi.hindi import MASCULINE, Agreement, agree_all, noun_form
from tfplay.text.corpora.english_hindi.lexicon import Noun, Word
from tfplay.text.corpora.lists import Lists, read_lists
from tfplay.text.examples import Pair

_LISTS = read_lists("phrase_book/patterns.toml")
_SLOT = re.compile(r"\{(\w+)(\.oblique)?\}")
_AGREEING = re.compile(r"\[([^\]]+?)(\.oblique)?\]")
_A_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeio]|u(?!ni))")  # a university, an umbrella
_ONSETS = (
    *"bcdfghjklmnprstvwyz",
    *("br", "ch", "cl", "dr", "fl", "gr", "kr", "sh", "sk", "st", "th", "tr", "qu", "bh", "dh"),
)
_VOWELS = (*"aaaeeeiiooou", "ai", "ee", "oo", "ia", "ou", "y")
_FEW = range(20)
"""As many words count for a slot whose words are made up: there is no end of them."""
_CODAS = ("", "", "", "n", "r", "l", "s", "t", "m", "x", "nd", "ck", "rt", "ng", "sh", "ss", "ph")


def _nouns(by_gender: Lists) -> tuple[Noun, ...]:
    """The nouns of a list, each with its gender."""
    return tuple(
        Noun(english, hindi, gender[0])
        for gender in ("masculine", "feminine")
        for english, hindi in by_gender.table(gender).texts().items()
    )


_PATTERNS = tuple(_LISTS.table("patterns").texts().items())
_WORDS: dict[str, tuple[Noun | Word, ...]] = {
    **{slot: _nouns(table) for slot, table in _LISTS.table("nouns").tables().items()},
    **{
        slot: tuple(Word(*pair) for pair in table.texts().items())
        for slot, table in _LISTS.table("words").tables().items()
    },
}
"""The words that fill each slot."""


def _weight(english: str) -> float:
    """How often a pattern is drawn: more often if there are more ways to fill it."""
    return prod(len(_WORDS.get(slot, _FEW)) for slot, _ in _SLOT.findall(english)) ** 0.4


_CUMULATIVE_WEIGHTS = tuple(accumulate(_weight(english) for english, _ in _PATTERNS))


def sentence(draw: random.Random) -> Pair:
    """A pattern with words that are drawn now."""
    [(english, hindi)] = draw.choices(_PATTERNS, cum_weights=_CUMULATIVE_WEIGHTS)
    drawn = {slot: _draw(slot, draw) for slot, _ in _SLOT.findall(english)}
    agreement = MASCULINE
    for word in drawn.values():
        if isinstance(word, Noun):
            agreement = Agreement(word.gender)

    def in_hindi(match: re.Match) -> str:
        word = drawn[match[1]]
        return _oblique(word) if match[2] and isinstance(word, Noun) else word.hindi

    def agreed(match: re.Match) -> str:
        return agree_all(match[1], agreement, oblique=bool(match[2]))

    source = _A_BEFORE_VOWEL.sub(r"\1n ", _SLOT.sub(lambda match: drawn[match[1]].english, english))
    target = _AGREEING.sub(agreed, _SLOT.sub(in_hindi, hindi))
    return Pair(source[0].upper() + source[1:], target)


def _oblique(noun: Noun) -> str:
    """A noun and the adjectives before it, before a postposition: छोटे भाई."""
    *adjectives, last = noun.hindi.split()
    forms = [agree_all(word, Agreement(noun.gender), oblique=True) for word in adjectives]
    return " ".join([*forms, noun_form(last, noun.gender, oblique=True)])


def _draw(slot: str, draw: random.Random) -> Noun | Word:
    """A word for a slot; some are made up, and are the same in both languages."""
    match slot:
        case "name" if draw.random() < 0.2:
            return draw.choice(_WORDS["man"] + _WORDS["woman"])
        case "name" | "town":
            made_up = _made_up(draw).capitalize()
        case "word":
            made_up = _made_up(draw)
        case "digits":
            made_up = str(draw.randrange(10 ** draw.randint(1, 5)))
        case _:
            return draw.choice(_WORDS[slot])
    return Word(made_up, made_up)


def _made_up(draw: random.Random) -> str:
    """A word of two or three syllables that is in no dictionary."""
    syllables = [draw.choice(_ONSETS) + draw.choice(_VOWELS) for _ in range(draw.randint(1, 3))]
    return "".join(syllables) + draw.choice(_CODAS)
