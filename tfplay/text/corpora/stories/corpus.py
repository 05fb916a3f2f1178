"""Short stories, drawn from the plots."""

import random

from tfplay.text.corpora.draws import as_sentences, distinct_examples, is_held_out
from tfplay.text.corpora.people import PEOPLE, person_words
from tfplay.text.corpora.slots import fill_sentence
from tfplay.text.corpora.stories.plots import ENDINGS, PLOTS
from tfplay.text.corpora.stories.words import PHRASES, ROWS

WORDS_OF_A_STORY = range(40, 91)

_SHARE_OF_ENDINGS = 0.4
_SHARE_OF_OPTIONAL_SENTENCES = 0.4


def examples(part: str, count: int, seed: int) -> list[str]:
    """Different examples of one part, drawn by the seed."""
    return distinct_examples([_draw_story], part, count, seed)


def _draw_story(generator: random.Random) -> tuple[str, bool]:
    """A story, and whether training never has its combination of words."""
    plot = generator.choice(PLOTS)
    words = _draw_words(generator)
    one, other = plot.combination
    patterns = [
        generator.choice(ways)
        for number, ways in enumerate(plot.sentences, start=1)
        if number not in plot.optional or generator.random() < _SHARE_OF_OPTIONAL_SENTENCES
    ]
    if generator.random() < _SHARE_OF_ENDINGS:
        patterns.append(generator.choice(ENDINGS))
    sentences = [fill_sentence(pattern, words).text for pattern in patterns]
    text = as_sentences(" ".join(sentences))
    if len(text.split()) not in WORDS_OF_A_STORY:
        return _draw_story(generator)
    return text, is_held_out(words[one], words[other])


def _draw_words(generator: random.Random) -> dict[str, str]:
    """Words for every slot of every plot."""
    words = {slot: generator.choice(phrases) for slot, phrases in PHRASES.items()}
    for rows in ROWS:
        words |= generator.choice(rows)
    hero, friend = generator.sample(PEOPLE, 2)
    return words | person_words("hero", hero) | person_words("friend", friend)
