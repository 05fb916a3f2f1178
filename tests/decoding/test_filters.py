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
from tfplay.decoding.filters import require_numbers
from tfplay.errors import InputError

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


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_of_equally_likely_tokens_those_with_lower_ids_stay(dtype):
    logits = np.array([[1, 3, 3, 2, 3], [0, 0, 0, 0, 0]], dtype=dtype)
    np.testing.assert_array_equal(
        kept(top_k(logits, 2)),
        [[False, True, True, False, False], [True, True, False, False, False]],
    )
    np.testing.assert_array_equal(top_k(logits, 1).argmax(axis=-1), logits.argmax(axis=-1))
    assert (kept(top_k(logits, 1)).sum(axis=-1) == 1).all()
    np.testing.assert_array_equal(kept(top_p(logits, 0.4))[1], [True, True, False, False, False])


@pytest.mark.parametrize("count", range(1, 10))
def test_top_p_of_ten_equal_tokens_keeps_as_many_as_p_says(count):
    assert kept(top_p(np.zeros(10), count / 10)).sum() == count


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize(
    ("logits", "expected"),
    [
        ([-np.inf, -np.inf, 2.0, -np.inf], [0, 0, 1, 0]),
        ([np.inf, 1.0, -np.inf, np.inf], [0.5, 0, 0, 0.5]),
        ([-np.inf] * 4, [0.25] * 4),
        ([6e4, 6e4, -6e4, 0.0], [0.5, 0.5, 0, 0]),
    ],
)
def test_extreme_logits_are_a_distribution_all_the_same(logits, expected, dtype):
    logits = np.array(logits, dtype=dtype)
    np.testing.assert_allclose(probabilities(logits), expected)
    for filtered in (top_k(logits, 3), top_p(logits, 0.9), temperature(logits, 0.01)):
        assert not np.isnan(filtered).any()
        assert probabilities(filtered).sum() == pytest.approx(1)


def test_enormous_logits_do_not_overflow():
    logits = np.array([1e30, 3e38, -3e38], dtype="float32")
    np.testing.assert_array_equal(probabilities(temperature(logits, 0.01)), [0, 1, 0])
    np.testing.assert_array_equal(
        probabilities(repetition_penalty(logits, np.array([0]), 0.1))[1], 1
    )
    assert log_probabilities(logits)[1] == 0


def test_probabilities_of_16_bits_are_not_rounded_to_16_bits():
    logits = np.zeros(4099, dtype="float16")
    assert probabilities(logits).sum() == pytest.approx(1, abs=1e-9)
    assert kept(top_p(logits, 0.5)).sum() == 2050


def test_what_is_not_a_number_is_told():
    require_numbers(np.array([-np.inf, np.inf, 0.0]))
    with pytest.raises(InputError, match="not a number"):
        require_numbers(np.array([0.0, np.nan]))
