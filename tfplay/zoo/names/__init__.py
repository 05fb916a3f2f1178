"""Names of persons, places and organisations in real sentences."""

import random
from collections.abc import Callable

from tfplay.text import TaggedSentence
from tfplay.text.corpora import CORPORA
from tfplay.text.corpora.base import Corpus
from tfplay.zoo.names.snips import snips
from tfplay.zoo.names.swapping import names_in, swapped
from tfplay.zoo.names.wikigold import only_kinds, wikigold

HELD_OUT, GRAMMAR = "wikigold", "grammar"
"""What the model is measured on."""


def _examples(part: str, count: int, seed: int) -> list[TaggedSentence]:
    grammar = CORPORA["entities"]
    if part == HELD_OUT:
        return wikigold(held_out=True)[:count]
    if part == GRAMMAR:
        return [only_kinds(each) for each in grammar.examples("held-out", count, seed)]
    generator = random.Random(seed)
    encyclopedia, commands = wikigold(held_out=False), snips()
    made_up = grammar.examples("training", 2000, seed)
    more_made_up = grammar.examples("training", 1500, seed + 7)
    names = names_in(encyclopedia)
    draws: dict[Callable[[], TaggedSentence], int] = {
        lambda: generator.choice(encyclopedia): 30,
        lambda: swapped(generator.choice(encyclopedia), names, generator): 30,
        lambda: generator.choice(commands): 10,
        lambda: only_kinds(generator.choice(made_up)): 10,
        lambda: only_kinds(generator.choice(more_made_up)): 20,
    }
    drawn = generator.choices(list(draws), list(draws.values()), k=count)
    return [draw() for draw in drawn]


NAMES = Corpus(
    name="names",
    title="Names in real sentences",
    task="tagging",
    explanation=(
        "Sentences of Wikipedia (WikiGold, CC BY 4.0; two thirds of its documents), as they are "
        "and with other names of the same kind in them, voice commands (Snips, CC0), and "
        "sentences of the grammar `entities`. Held out is WikiGold's last third."
    ),
    generate=_examples,
    parts=("training", HELD_OUT, GRAMMAR),
)
