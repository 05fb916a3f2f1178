"""Scores against scikit-learn, and against their definitions worked out another way."""

import math
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from tfplay.tasks.answers.task import _word_f1
from tfplay.tasks.scores import class_scores, perplexity
from tfplay.tasks.tagging.task import span_scores

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=31))
def test_scores_of_classes_are_those_of_scikit_learn(pairs):
    answers, truths = np.array(pairs).T
    scores = class_scores(answers, truths)
    assert scores["accuracy"] == pytest.approx(accuracy_score(truths, answers))
    expected = f1_score(truths, answers, average="macro", zero_division=0)
    assert scores["macro_f1"] == pytest.approx(expected)


def spans(tags: list[str]) -> set[tuple[str, int, int]]:
    """Spans of IOB tags, found in a text of one letter a tag."""
    found = set()
    for kind in ("PER", "LOC"):
        letters = "".join(tag[0] if tag.endswith(f"-{kind}") else "." for tag in tags)
        found |= {(kind, *match.span()) for match in re.finditer("(B|I)I*", letters)}
    return found


sentences = st.lists(
    st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS)), min_size=1, max_size=9),
    min_size=1,
    max_size=5,
)


@given(sentences)
def test_scores_of_spans_are_those_of_sets_of_spans(pairs):
    answers, truths = ([[pair[side] for pair in each] for each in pairs] for side in (0, 1))
    answered, true = (
        {(number, *span) for number, tags in enumerate(side) for span in spans(tags)}
        for side in (answers, truths)
    )
    everything = sorted(answered | true)
    scores = span_scores(answers, truths)
    if not everything:
        assert scores == {}
        return
    found = [[each in side for each in everything] for side in (true, answered)]
    precision, recall, f1, _ = precision_recall_fscore_support(
        *found, average="binary", zero_division=0
    )
    assert (scores["precision"], scores["recall"], scores["f1"]) == pytest.approx(
        (precision, recall, f1)
    )


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_f1_of_words_is_the_harmonic_mean_of_precision_and_recall(answered, true):
    shared = sum((Counter(answered) & Counter(true)).values())
    if answered == true:
        expected = 1.0
    elif not shared:
        expected = 0.0
    else:
        precision, recall = shared / len(answered), shared / len(true)
        expected = 2 * precision * recall / (precision + recall)
    assert _word_f1(" ".join(answered), " ".join(true)) == pytest.approx(expected)


def test_perplexity_of_an_enormous_loss_is_infinite():
    assert perplexity(1.5) == pytest.approx(np.exp(1.5))
    assert perplexity(1e4) == math.inf
    assert math.isnan(perplexity(math.nan))
