"""Scores that several tasks or pages share."""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
from sacrebleu.metrics import BLEU, CHRF


def f1(hits: int, answered: int, true: int) -> float:
    """The harmonic mean of precision (hits / answered) and recall (hits / true), from 0 to 1."""
    return float(2 * hits / (answered + true)) if answered + true else 0.0


def class_scores(answers: np.ndarray, truths: np.ndarray) -> dict[str, float]:
    """Accuracy, and F1 as the mean over the classes that there are; from 0 to 1.

    Args:
        answers: (N,) the class that was answered, for each example.
        truths: (N,) the class it is.
    """
    by_class = [
        f1(np.sum((answers == label) & (truths == label)), np.sum(answers == label), count)
        for label, count in zip(*np.unique(truths, return_counts=True), strict=True)
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
        100.0
    """
    # One stream for every text's first reference, one for the second where there is one...
    streams = list(zip_longest(*references))
    bleu = BLEU(tokenize="intl", effective_order=len(translations) == 1)
    return {
        "bleu": bleu.corpus_score(translations, streams).score,
        "chrf": CHRF().corpus_score(translations, streams).score,
    }
