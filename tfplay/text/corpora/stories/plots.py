"""The plots of the stories, from plots.toml, and the sentences with which any of them may end."""

from typing import NamedTuple

from tfplay.text.corpora.lists import read_lists


class Plot(NamedTuple):
    """A story with open slots.

    Attributes:
        sentences: For each sentence of the story, ways to say it.
        optional: Numbers of the sentences, from 1, that a story can do without.
        combination: Two slots. A story is held out if training never has their words together.
    """

    sentences: tuple[tuple[str, ...], ...]
    optional: tuple[int, ...]
    combination: tuple[str, ...]


_LISTS = read_lists("stories/plots.toml")

ENDINGS = _LISTS.words("endings")
PLOTS = [
    Plot(plot.rows("sentences"), plot.numbers("optional"), plot.words("combination"))
    for plot in _LISTS.table("plots").tables().values()
]
