"""Translations without a network: the source itself, and a dictionary that is counted."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product

from tfplay.tasks.scores import translation_scores
from tfplay.text import Pair, bare, references_by_source

MOST_LEARNED = 30_000
"""Training pairs that are learned from; more take more than seconds."""
_LONGEST = 30
"""Words of a sentence that are counted: pairs of words grow with its square."""


def copy_scores(judged: Sequence[Pair]) -> dict[str, float]:
    """Scores of the sources themselves, untranslated."""
    return _scores(judged, lambda source: source)


def dictionary_scores(training: Sequence[Pair], judged: Sequence[Pair]) -> dict[str, float]:
    """Scores of translating word by word, with a dictionary of words that stand in the same pairs.

    A word's translation t is the one with the highest Dice coefficient, 2 c(s, t) / (c(s) + c(t)),
    where c counts training pairs (Smadja et al., 1996); an unknown word stays as it is.

    Args:
        training: What is learned from, shuffled; at most the first 30,000.
        judged: What is translated.
    """
    dictionary = _dictionary(training[:MOST_LEARNED])

    def translate(source: str) -> str:
        return " ".join(dictionary.get(word, word) for word in bare(source).split())

    return _scores(judged, translate)


def _dictionary(pairs: Sequence[Pair]) -> dict[str, str]:
    """The likeliest translation of each word."""
    together: Counter[tuple[str, str]] = Counter()
    alone: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for pair in pairs:
        words = [dict.fromkeys(bare(sentence).split()[:_LONGEST]) for sentence in pair]
        for counter, side in zip(alone, words, strict=True):
            counter.update(side.keys())
        together.update(product(*words))
    best: dict[str, tuple[float, str]] = {}
    for (source, target), count in together.items():
        dice = 2 * count / (alone[0][source] + alone[1][target])
        best[source] = max(best.get(source, (0.0, "")), (dice, target))
    return {source: target for source, (_, target) in best.items()}


def _scores(judged: Sequence[Pair], translate: Callable[[str], str]) -> dict[str, float]:
    references = references_by_source(judged)
    return translation_scores([translate(source) for source in references], [*references.values()])
