"""Scores that several tasks share, each from 0 to 1."""

import numpy as np


def f1(hits: int, answered: int, true: int) -> float:
    """The harmonic mean of precision (hits / answered) and recall (hits / true)."""
    return float(2 * hits / (answered + true)) if answered + true else 0.0


def class_scores(answers: np.ndarray, truths: np.ndarray) -> dict[str, float]:
    """Accuracy, and F1 as the mean over the classes that there are.

    Args:
        answers: (N,) the class that was answered, for each example.
        truths: (N,) the class it is.
    """
    by_class = [
        f1(np.sum((answers == label) & (truths == label)), np.sum(answers == label), count)
        for label, count in zip(*np.unique(truths, return_counts=True), strict=True)
    ]
    return {"accuracy": float(np.mean(answers == truths)), "macro_f1": float(np.mean(by_class))}
