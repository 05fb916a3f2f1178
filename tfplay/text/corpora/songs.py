"""Songs with refrains: what comes next is often what came next before."""

import random
from functools import cache

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.draws import distinct_examples, is_held_out
from tfplay.text.corpora.lists import read_lists
from tfplay.text.corpora.slots import fill

VERSES = 3
_SHARE_OF_ECHOES = 0.8


def _examples(part: str, count: int, seed: int) -> list[str]:
    return distinct_examples([_draw_song], part, count, seed)


def _draw_song(generator: random.Random) -> tuple[str, bool]:
    """A song, and whether training never has its refrain's words together."""
    refrain, words = _draw_line(generator)
    second, _ = _draw_line(generator)
    lines = []
    for _ in range(VERSES):
        verse, _ = _draw_line(generator)
        times = 2 if generator.random() < _SHARE_OF_ECHOES else 1
        lines += [verse] * times + [refrain, second]
    return " / ".join(lines), is_held_out(words["thing"], words["how"], words["who"])


def _draw_line(generator: random.Random) -> tuple[str, dict[str, str]]:
    """A line, and the words drawn for it; no word is in it twice."""
    words = {}
    lines, words_of_songs = _lists()
    for slot, choices in words_of_songs.items():
        first, *others = generator.sample(choices, 5)
        words |= {slot: first} | {f"{slot}_{n}": word for n, word in enumerate(others, start=2)}
    return fill(generator.choice(lines), words).text, words


@cache
def _lists() -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The lines, and the words for their slots."""
    lists = read_lists("songs.toml")
    return lists.words("lines"), lists.table("words").lists()


SONGS = Corpus(
    name="songs",
    title="Songs with refrains",
    task="language-model",
    explanation=(
        "Songs of short lines, whose words are drawn at random; but many a line is sung twice, and "
        "the same two lines come after every verse. Who remembers them foresees what no counting "
        "can."
    ),
    generate=_examples,
)
