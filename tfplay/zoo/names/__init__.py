"""Names of persons, places and organisations in real sentences."""

import random
from collections.abc import Callable

from tfplay.text import TaggedSentence
from tfplay.text.corpora import CORPORA
from tfplay.text.corpora.base import Corpus
from tfplay.zoo.names.everyday import everyday_sentence
from tfplay.zoo.names.snips import snips
from tfplay.zoo.names.swapping import names_in, swapped
from tfplay.zoo.names.wikigold import only_kinds, wikigold

HELD_OUT, GRAMMAR = "wikigold", "grammar"

_GRAMMAR_SENTENCES = 2000


def _examples(part: str, count: int, seed: int) -> list[TaggedSentence]:
    if part == HELD_OUT:
        return wikigold(held_out=True)[:count]
    if part == GRAMMAR:
        return [only_kinds(each) for each in CORPORA["entities"].examples("held-out", count, seed)]
    generator = random.Random(seed)
    encyclopedia, commands = wikigold(held_out=False), snips()
    grammar = CORPORA["entities"].examples("training", _GRAMMAR_SENTENCES, seed)
    names = names_in(encyclopedia)
    draws: dict[Callable[[], TaggedSentence], int] = {
        lambda: generator.choice(encyclopedia): 30,
        lambda: swapped(generator.choice(encyclopedia), names, generator): 30,
        lambda: generator.choice(commands): 10,
        lambda: only_kinds(generator.choice(grammar)): 10,
        lambda: everyday_sentence(names, generator): 20,
    }
    drawn = generator.choices(list(draws), list(draws.values()), k=count)
    return [_as_typed(draw(), generator) for draw in drawn]


def _as_typed(sentence: TaggedSentence, generator: random.Random) -> TaggedSentence:
    """The sentence; sometimes without capitals, as in messages, or in capitals alone."""
    spell = generator.choices((str, str.lower, str.upper), (80, 15, 5))[0]
    return sentence._replace(words=tuple(map(spell, sentence.words)))


NAMES = Corpus(
    name="names",
    title="Names in real sentences",
    task="tagging",
    explanation=(
        "Sentences of Wikipedia (WikiGold, CC BY 4.0; two thirds of its documents), as they are "
        "and with other names of the same kind in them, voice commands (Snips, CC0), everyday "
        "sentences written for TFPlay, and sentences of its grammar `entities`. Held out is "
        "WikiGold's last third."
    ),
    generate=_examples,
    parts=("training", HELD_OUT, GRAMMAR),
)
