"""Classes without a network: the most frequent one, and words that are counted."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tfplay.tasks.scores import class_scores
from tfplay.text import LabelledText, bare

MOST_LEARNED = 30_000
"""Training examples that are learned from; more take more than seconds."""
_MOST_FEATURES = 200_000


def majority_scores(
    training: Sequence[LabelledText], judged: Sequence[LabelledText]
) -> dict[str, float]:
    """Accuracy and macro F1 of always answering the most frequent class."""
    [(label, _)] = Counter(example.label for example in training).most_common(1)
    return class_scores(np.full(len(judged), label), _labels(judged))


def word_count_scores(
    training: Sequence[LabelledText], judged: Sequence[LabelledText]
) -> dict[str, float]:
    """Accuracy and macro F1 of logistic regression on TF-IDF of words and pairs of words.

    Args:
        training: What is learned from, shuffled; at most the first 30,000.
        judged: What is answered.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(
            tokenizer=str.split,  # scikit-learn's own would cut Hindi at its vowel signs
            token_pattern=None,
            lowercase=False,
            ngram_range=(1, 2),
            sublinear_tf=True,
            max_features=_MOST_FEATURES,
        ),
        SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=10, tol=None, random_state=0),
    )
    training = training[:MOST_LEARNED]
    model.fit([bare(example.text) for example in training], _labels(training))
    return class_scores(model.predict([bare(example.text) for example in judged]), _labels(judged))


def _labels(examples: Sequence[LabelledText]) -> np.ndarray:
    return np.array([example.label for example in examples])
