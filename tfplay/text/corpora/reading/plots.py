"""The plots of the stories, from plots.toml: their sentences, and questions that these answer."""

from typing import NamedTuple

from tfplay.text.corpora.lists import Lists, read_lists


class Ask(NamedTuple):
    """Something to ask of a story."""

    sentence: int
    """Number of the plot's sentence in which the answer stands, from 0."""
    slot: str
    """The slot whose words are the answer."""
    wordings: tuple[str, ...]


class Plot(NamedTuple):
    """A story with open slots.

    Attributes:
        sentences: For each sentence of the story, ways to say it.
        questions: What can be asked.
        combinations: Pairs of slots. A story is held out if the words of one of these pairs are a
            combination that is kept from training.
    """

    sentences: tuple[tuple[str, ...], ...]
    questions: tuple[Ask, ...]
    combinations: tuple[tuple[str, ...], ...]


def _plot(lists: Lists) -> Plot:
    sentences = lists.rows("sentences")
    numbers = {str(index + 1): index for index in range(len(sentences))}
    questions = []
    for number, slot, *wordings in lists.rows("questions"):
        if number not in numbers:
            lists.reject("questions", f"name sentence {number!r}, but there are {len(sentences)}")
        questions.append(Ask(numbers[number], slot, tuple(wordings)))
    return Plot(sentences, tuple(questions), lists.rows("combinations", 2))


PLOTS = [_plot(lists) for lists in read_lists("reading/plots.toml").tables().values()]
