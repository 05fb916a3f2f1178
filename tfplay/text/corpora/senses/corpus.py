"""Sentences with a word of two senses, labelled with the sense that is meant."""

import random

from tfplay.text.corpora.draws import distinct_examples, is_held_out
from tfplay.text.corpora.senses.lexicon import SOMEBODY, TIMES, WORD_SENSES
from tfplay.text.examples import LabelledText

SENSE_WORDS: dict[str, tuple[str, ...]] = {
    word: tuple(sense.label for sense in WORD_SENSES if sense.word == word)
    for word in dict.fromkeys(sense.word for sense in WORD_SENSES)
}
"""Each word and the labels of its two senses, as "bank": ("bank (river)", "bank (money)")."""


def draw_sense(generator: random.Random) -> tuple[LabelledText, bool]:
    """A labelled sentence, and whether its beginning and end meet in no training sentence."""
    sense = generator.choice(WORD_SENSES)
    beginning = generator.choice(sense.beginnings)
    end = generator.choice(sense.ends)
    time, somebody = generator.choice(TIMES), generator.choice(SOMEBODY)
    text = f"{time} {somebody} {beginning} {end}.".lstrip()
    sentence = text[0].upper() + text[1:]
    return LabelledText(sentence, sense.label), is_held_out(beginning, end)


def examples(part: str, count: int, seed: int) -> list[LabelledText]:
    """Different examples of one part, drawn by the seed."""
    return distinct_examples([draw_sense], part, count, seed)


def minimal_pairs(word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Sentences of both senses that are the same up to the word, and differ only in what follows.

    Args:
        word: One of `SENSE_WORDS`.

    Returns:
        For each beginning that fits both senses, sentences of the first and of the second.

    Example:
        >>> minimal_pairs("bank")[0][0][0]
        'A friend waited near the bank and watched the river.'
    """
    first, second = (sense for sense in WORD_SENSES if sense.word == word)
    return [
        tuple(
            tuple(f"A friend {beginning} {end}." for end in sense.ends) for sense in (first, second)
        )
        for beginning in first.beginnings
        if beginning in second.beginnings
    ]
