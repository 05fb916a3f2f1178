"""What a plot is."""

from typing import NamedTuple


class Plot(NamedTuple):
    """A story with open slots.

    Attributes:
        sentences: For each sentence of the story, ways to say it.
        optional: Numbers of the sentences, from 0, that a story can do without.
        combination: Two slots. A story is held out if training never has their words together.
    """

    sentences: tuple[tuple[str, ...], ...]
    optional: tuple[int, ...]
    combination: tuple[str, str]
