import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.estimates.duration import (
    STEP_OVERHEAD,
    PastTraining,
    as_past_training,
    estimate_step_seconds,
)

sizes = st.floats(1e6, 1e12)
LARGE, SMALL = PastTraining(1e10, 0.254, 8.0), PastTraining(1e7, 0.006, 8.0)


@given(sizes, st.floats(2 * STEP_OVERHEAD, 100))
def test_a_training_like_the_last_takes_as_long(multiply_adds, seconds):
    past = [PastTraining(multiply_adds, seconds, 5.0)]
    assert estimate_step_seconds(multiply_adds, past) == pytest.approx(seconds)


@given(sizes, sizes)
def test_who_computes_more_takes_longer(one, other):
    less, more = sorted([one, other])
    assert estimate_step_seconds(less, [LARGE]) <= estimate_step_seconds(more, [LARGE])


def test_the_training_of_the_nearest_size_counts_most():
    like_large = estimate_step_seconds(1.1e10, [SMALL, LARGE])
    assert like_large == pytest.approx(1.1 * 0.254, rel=0.2)
    like_small = estimate_step_seconds(1.1e7, [LARGE, SMALL])
    assert like_small == pytest.approx(0.006, rel=0.2)


def test_the_newer_of_two_alike_counts_more():
    busy = LARGE._replace(step_seconds=0.5)
    quick_now, busy_now = (
        estimate_step_seconds(1e10, past) for past in ([LARGE, busy], [busy, LARGE])
    )
    assert 0.254 < quick_now < busy_now < 0.5


def test_without_any_training_half_the_speed_of_matrix_products_is_expected():
    past = [as_past_training(8e10)]
    assert estimate_step_seconds(8e10, past) == pytest.approx(2, rel=0.01)
