import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfplay.decoding import (
    log_probabilities,
    probabilities,
    repetition_penalty,
    temperature,
    top_k,
    top_p,
)

VOCABULARY_SIZE = 13
LOGITS = np.random.default_rng(0).normal(size=(2, VOCABULARY_SIZE)) * 3

any_logits = arrays(np.float64, (2, VOCABULARY_SIZE), elements=st.floats(-20, 20))


def kept(logits: np.ndarray) -> np.ndarray:
    return np.isfinite(logits)


@given(any_logits)
def test_probabilities_sum_to_1_and_agree_with_their_logarithms(logits):
    np.testing.assert_allclose(probabilities(logits).sum(axis=-1), 1.0)
    np.testing.assert_allclose(np.exp(log_probabilities(logits)), probabilities(logits))


def test_low_temperature_sharpens_and_high_temperature_flattens():
    highest = [probabilities(temperature(LOGITS, t)).max(axis=-1) for t in (0.3, 1.0, 3.0)]
    assert (highest[0] > highest[1]).all() and (highest[1] > highest[2]).all()


@pytest.mark.parametrize("k", [1, 3, VOCABULARY_SIZE - 1])
def test_top_k_keeps_exactly_the_k_likeliest(k):
    filtered = top_k(LOGITS, k)
    assert (kept(filtered).sum(axis=-1) == k).all()
    assert (filtered.argmax(axis=-1) == LOGITS.argmax(axis=-1)).all()
    lowest_kept = np.where(kept(filtered), LOGITS, np.inf).min(axis=-1)
    highest_dropped = np.where(kept(filtered), -np.inf, LOGITS).max(axis=-1)
    assert (lowest_kept > highest_dropped).all()


@given(any_logits, st.floats(0.01, 0.99))
def test_top_p_keeps_the_smallest_set_that_reaches_p(logits, p):
    for row, is_kept in zip(probabilities(logits), kept(top_p(logits, p)), strict=True):
        assert row[is_kept].sum() >= p - 1e-9
        assert row[is_kept].max() == row.max()
        if is_kept.sum() > 1:
            assert row[is_kept].sum() - row[is_kept].min() < p + 1e-9


def test_settings_that_mean_no_filter_change_nothing():
    for unchanged in (top_k(LOGITS, 0), top_k(LOGITS, 99), top_p(LOGITS, 1.0)):
        np.testing.assert_array_equal(unchanged, LOGITS)


def test_repetition_penalty_makes_seen_tokens_less_likely_and_no_others():
    seen = np.array([[1, 1, 4], [0, 2, 12]])
    before, after = LOGITS, repetition_penalty(LOGITS, seen, 1.5)
    for row in range(2):
        is_seen = np.isin(np.arange(VOCABULARY_SIZE), seen[row])
        assert (after[row, is_seen] < before[row, is_seen]).all()
        np.testing.assert_array_equal(after[row, ~is_seen], before[row, ~is_seen])
