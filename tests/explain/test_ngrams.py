"""Counting against dictionaries of Python."""

from collections import Counter

import numpy as np
import pytest

from tfplay.explain import NGrams

VOCABULARY = 7


def sequences(seed: int, count: int, length: int, skewed: bool = True):
    """What is read and what follows, (count, length) each; some labels do not count."""
    random = np.random.default_rng(seed)
    ids = random.integers(VOCABULARY - skewed, size=(count, length + 1)).astype("int32")
    labels = ids[:, 1:].copy()
    labels[random.random(labels.shape) < 0.2] = -1
    return ids[:, :-1], labels


def plain_probability(training, context: tuple, token: int) -> float:
    """Witten and Bell's formula, by the book."""
    followers = Counter()
    for row, labels in zip(*training, strict=True):
        for position, label in enumerate(labels.tolist()):
            before = tuple(row[: position + 1].tolist())
            is_there = (
                len(before) >= len(context) and before[len(before) - len(context) :] == context
            )
            if label >= 0 and is_there:
                followers[label] += 1
    shorter = plain_probability(training, context[1:], token) if context else 1 / VOCABULARY
    total, types = sum(followers.values()), len(followers)
    return (followers[token] + types * shorter) / (total + types) if total else shorter


@pytest.mark.parametrize("order", [1, 2, 3])
def test_losses_are_those_of_the_formula(order):
    training = sequences(0, count=5, length=11)
    token_ids, labels = sequences(1, count=3, length=5, skewed=False)
    losses = NGrams([training], VOCABULARY).losses(token_ids, labels, order)
    for (row, position), label in np.ndenumerate(labels):
        if label < 0:
            assert np.isnan(losses[row, position])
            continue
        context = token_ids[row, max(0, position + 2 - order) : position + 1] if order > 1 else []
        expected = plain_probability(training, tuple(map(int, context)), int(label))
        assert losses[row, position] == pytest.approx(-np.log(expected))


def test_the_probabilities_of_all_tokens_add_up_to_one():
    counted = NGrams([sequences(0, count=5, length=11)], VOCABULARY)
    everything = np.arange(VOCABULARY)[:, None]
    for first in range(VOCABULARY):
        read = np.full_like(everything, first)
        total = np.exp(-counted.losses(read, everything, order=2)).sum()
        assert total == pytest.approx(1)


def test_several_batches_count_as_one():
    batches = [sequences(seed, count=3, length=5) for seed in range(3)]
    joined = tuple(np.concatenate(arrays) for arrays in zip(*batches, strict=True))
    probe = sequences(9, count=2, length=5)
    one, several = (
        NGrams(each, VOCABULARY).losses(*probe, order=3) for each in ([joined], batches)
    )
    np.testing.assert_array_equal(one, several)


def test_a_repeated_pair_is_foreseen_by_bigrams_and_not_by_unigrams():
    stream = np.tile([[2, 5]], 50)
    counted = NGrams([(stream[:, :-1], stream[:, 1:])], VOCABULARY)
    unigram, bigram = (
        counted.losses(np.array([[2]]), np.array([[5]]), order).item() for order in (1, 2)
    )
    assert bigram < 0.1 < unigram
