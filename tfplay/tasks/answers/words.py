"""The words of a passage, as answers are made of: which tokens each has, and how likely it is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfplay.text import Piece
from tfplay.text.typed import Place, word_places

MAX_ANSWER_TOKENS = 30
"""The most tokens of an answer; only a single word may have more."""


class PassageWord(NamedTuple):
    """A word or punctuation mark; several where they share one token."""

    place: Place
    """The word's first character and one past its last."""
    tokens: slice
    """The tokens of the passage that the word consists of."""


def passage_words(text: str, pieces: Sequence[Piece]) -> list[PassageWord]:
    """The words that tokens stand for, in order.

    Args:
        text: The text in its composed form (NFC).
        pieces: The text's tokens. The space before or after a word is not part of it.
    """
    words: list[PassageWord] = []
    places = word_places(text)
    next_place = 0
    for index, piece in enumerate(pieces):
        while next_place < len(places) and places[next_place][1] <= piece.start:
            next_place += 1
        if next_place == len(places) or places[next_place][0] >= piece.end:
            continue  # it stands for space alone
        last = next_place
        while last + 1 < len(places) and places[last + 1][0] < piece.end:
            last += 1
        start, end = places[next_place][0], places[last][1]
        if words and words[-1].place[1] > start:  # the word goes on
            before = words[-1]
            place = (before.place[0], max(end, before.place[1]))
            words[-1] = PassageWord(place, slice(before.tokens.start, index + 1))
        else:
            words.append(PassageWord((start, end), slice(index, index + 1)))
    return words


def best_words(
    words: Sequence[PassageWord],
    start_probabilities: np.ndarray,
    end_probabilities: np.ndarray,
    max_tokens: int = MAX_ANSWER_TOKENS,
) -> tuple[int, int, float]:
    """The likeliest run of words: its first word, its last and its probability.

    That is the probability that an answer starts with any token of the first word, times that it
    ends with any token of the last: a model that points into a word means the word.

    Args:
        words: At least one.
        start_probabilities: (P,) of each token of the passage.
        end_probabilities: (P,) of each token of the passage.
        max_tokens: The most tokens of an answer of several words.
    """
    starts, ends = (
        np.array([likely[word.tokens].sum() for word in words])
        for likely in (start_probabilities, end_probabilities)
    )
    first_tokens = np.array([word.tokens.start for word in words])
    stop_tokens = np.array([word.tokens.stop for word in words])
    best = (0, 0, -1.0)
    for more in range(min(max_tokens, len(words))):
        likely = starts[: len(words) - more] * ends[more:]
        if more:
            num_tokens = stop_tokens[more:] - first_tokens[: len(words) - more]
            likely = np.where(num_tokens <= max_tokens, likely, -1.0)
        first = int(likely.argmax())
        if likely[first] > best[2]:
            best = (first, first + more, float(likely[first]))
    return best


def words_between(words: Sequence[PassageWord], place: Place) -> tuple[PassageWord, PassageWord]:
    """The first and the last word of a part of the text.

    Args:
        words: The words of the text.
        place: A part of the text that overlaps a word.
    """
    start, end = place
    covered = [word for word in words if word.place[0] < end and word.place[1] > start]
    return covered[0], covered[-1]
