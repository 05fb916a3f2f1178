"""What a plot is: the sentences of a story, and the questions that they answer."""

from dataclasses import dataclass
from typing import NamedTuple


class Ask(NamedTuple):
    """Something to ask of a story."""

    sentence: int
    """Number of the plot's sentence in which the answer stands, from 0."""
    slot: str
    """The slot whose words are the answer."""
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """A story with open slots.

    Attributes:
        sentences: For each sentence of the story, ways to say it.
        questions: What can be asked.
        combinations: Pairs of slots. A story is held out if the words of one of these pairs are a
            combination that is kept from training.
    """

    sentences: tuple[tuple[str, ...], ...]
    questions: tuple[Ask, ...]
    combinations: tuple[tuple[str, str], ...]
