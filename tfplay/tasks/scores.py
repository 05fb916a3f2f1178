"""Scores that several tasks or pages share."""

import math
from collections.abc import Sequence
from itertools import zip_longest

import numpy as np


def f1(hits: int, answered: int, true: int) -> float:
    """The harmonic mean of precision (hits / answered) and recall (hits / true), from 0 to 1."""
    return float(2 * hits / (answered + true)) if answered + true else 0.0


def perplexity(cross_entropy: float) -> float:
    """exp(mean cross-entropy in nats); infinite where that is more than a number can be.

    Example:
        >>> perplexity(0.0), perplexity(1000.0)
        (1.0, inf)
    """
    try:
        return math.exp(cross_entropy)
    except OverflowError:
        return math.inf


def class_scores(answers: np.ndarray, truths: np.ndarray) -> dict[str, float]:
    """Accuracy, and F1 as the mean over the classes; from 0 to 1.

    A class counts that is answered or true, as in scikit-learn: to answer what is never true costs.

    Args:
        answers: (N,) the class that was answered, for each example.
        truths: (N,) the class it is.
    """
    by_class = [
        f1(
            np.sum((answers == label) & (truths == label)),
            np.sum(answers == label),
            np.sum(truths == label),
        )
        for label in np.union1d(answers, truths)
    ]
    return {"accuracy": float(np.mean(answers == truths)), "macro_f1": float(np.mean(by_class))}


def translation_scores(
    translations: Sequence[str], references: Sequence[Sequence[str]]
) -> dict[str, float]:
    """BLEU and chrF, from 0 to 100, by sacrebleu (Papineni et al., 2002; Popović, 2015).

    BLEU's tokenizer is "intl", which knows the punctuation of every script. A single text may be
    shorter than the four words that BLEU looks for: it is scored by as many as it has.

    Args:
        translations: At least one.
        references: The right translations of each, at least one.

    Example:
        >>> translation_scores(["हम दोस्त हैं।"], [["हम दोस्त हैं।", "हम मित्र हैं।"]])["bleu"]
        100.0...
    """
    from sacrebleu.metrics import BLEU, CHRF  # takes a third of a second to import

    # One stream for every text's first reference, one for the second where there is one...
    streams = list(zip_longest(*references))
    bleu = BLEU(tokenize="intl", effective_order=len(translations) == 1)
    return {
        "bleu": bleu.corpus_score(translations, streams).score,
        "chrf": CHRF().corpus_score(translations, streams).score,
    }
