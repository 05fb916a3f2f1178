"""Tags without a network: each word's most frequent one, and the words around it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np

from tfplay.tasks.tagging.task import span_scores
from tfplay.text import TaggedSentence, to_iob2

MOST_LEARNED = 3_000_000
"""Training words times tags that are learned from; more take more than seconds."""
_EPOCHS = 5
_FEATURES = 2**16
"""Each has a weight for each tag."""


def word_tag_scores(
    training: Sequence[TaggedSentence], judged: Sequence[TaggedSentence]
) -> dict[str, float]:
    """Scores of answering for each word the tag that it most often had; the commonest if new."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in training:
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            counts[word][tag] += 1
    total = sum(counts.values(), Counter())
    [(usual, _)] = total.most_common(1)
    known = {word: tags.most_common(1)[0][0] for word, tags in counts.items()}
    return _scores(judged, lambda words: [known.get(word, usual) for word in words])


def window_scores(
    training: Sequence[TaggedSentence], judged: Sequence[TaggedSentence]
) -> dict[str, float]:
    """Scores of logistic regression on each word, its ends, its shape and its two neighbours.

    Args:
        training: What is learned from, shuffled; so many sentences at most that there are three
            million words times tags.
        judged: What is answered.
    """
    from sklearn.feature_extraction import FeatureHasher
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_pipeline

    num_tags = len({tag for sentence in training for tag in sentence.tags})
    ends = np.cumsum([len(sentence.words) for sentence in training])
    training = training[: max(1, int(np.searchsorted(ends, MOST_LEARNED / num_tags)))]
    model = make_pipeline(
        FeatureHasher(_FEATURES, input_type="string"),
        SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=_EPOCHS, tol=None, random_state=0),
    )
    tags = list(chain.from_iterable(sentence.tags for sentence in training))
    model.fit([each for sentence in training for each in _features(sentence.words)], tags)
    return _scores(judged, lambda words: model.predict(list(_features(words))).tolist())


def _features(words: Sequence[str]) -> Iterator[list[str]]:
    """What is seen at each word."""
    padded = ["", *words, ""]
    for before, word, after in zip(padded, words, padded[2:], strict=False):
        yield [
            f"word {word}",
            f"lower {word.casefold()}",
            f"begins {word[:3]}",
            f"ends {word[-3:]}",
            f"ends {word[-2:]}",
            f"shape {word[:1].isupper()} {word.isupper()} {any(map(str.isdigit, word))}",
            f"before {before.casefold()}",
            f"before {before[:1].isupper()} {word[:1].isupper()}",
            f"after {after.casefold()}",
            f"after {after[:1].isupper()} {word[:1].isupper()}",
            f"before and word {before.casefold()} {word.casefold()}",
        ]


def _scores(
    judged: Sequence[TaggedSentence], answer: Callable[[Sequence[str]], list[str]]
) -> dict[str, float]:
    """Accuracy of words and scores of spans, as the task measures them."""
    answers = [answer(sentence.words) for sentence in judged]
    truths = [list(sentence.tags) for sentence in judged]
    right = [
        a == b for pair in zip(answers, truths, strict=True) for a, b in zip(*pair, strict=True)
    ]
    spans = span_scores([to_iob2(tags) for tags in answers], truths)
    return {"accuracy": float(np.mean(right))} | spans
