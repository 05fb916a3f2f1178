"""Dates, as people and as computers write them: the quickest language to learn."""

import random
from datetime import date, timedelta

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.draws import distinct_examples, is_held_out
from tfplay.text.examples import Pair

_FORMATS = ("%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%a %d.%m.%Y", "%d of %B, %Y")
_FIRST, _NUM_DAYS = date(1950, 1, 1), 36_525


def _draw(generator: random.Random) -> tuple[Pair, bool]:
    day = _FIRST + timedelta(generator.randrange(_NUM_DAYS))
    pair = Pair(day.strftime(generator.choice(_FORMATS)), f"{day:%Y - %m - %d}")
    return pair, is_held_out(pair.target)


DATES = Corpus(
    name="dates",
    title="Dates, as people and as computers write them",
    task="translation",
    explanation="Dates as people write them, to be translated into the form that computers use. "
    "Small enough to learn in a minute, and its attention is easy to read.",
    generate=lambda part, count, seed: distinct_examples([_draw], part, count, seed),
)
