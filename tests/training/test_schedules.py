from itertools import islice

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.config import SCHEDULES
from tfplay.training import WarmUpSchedule

PEAK, STEPS, WARM_UP = 0.3, 97, 13


def rates(schedule, steps=STEPS, warmup_steps=WARM_UP):
    """The rate at each step, and at one more."""
    return np.array(WarmUpSchedule(PEAK, schedule, steps, warmup_steps)(np.arange(steps + 1)))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_warm_up_is_linear_and_ends_at_the_highest_rate(schedule):
    expected = PEAK * np.arange(1, WARM_UP + 2) / (WARM_UP + 1)
    np.testing.assert_allclose(rates(schedule)[: WARM_UP + 1], expected, rtol=1e-5)


def test_constant_stays_at_the_highest_rate():
    np.testing.assert_allclose(rates("constant")[WARM_UP:], PEAK, rtol=1e-6)


def test_cosine_is_half_way_down_in_the_middle_and_ends_at_a_tenth():
    after_warm_up = rates("cosine")[WARM_UP:]
    assert after_warm_up[(STEPS - WARM_UP) // 2] == pytest.approx(PEAK * 0.55)
    assert after_warm_up[-1] == pytest.approx(PEAK * 0.1)


def test_inverse_sqrt_halves_in_four_times_the_steps():
    assert rates("inverse_sqrt")[4 * WARM_UP] == pytest.approx(PEAK / 2)


@given(
    schedule=st.sampled_from(SCHEDULES),
    steps=st.integers(1, 50),
    warmup_steps=st.integers(0, 60),
)
def test_rate_is_above_zero_and_never_above_the_highest(schedule, steps, warmup_steps):
    values = rates(schedule, steps, warmup_steps)
    assert (values > 0).all()
    assert (values <= PEAK * (1 + 1e-6)).all()


def test_schedule_survives_saving():
    original = WarmUpSchedule(PEAK, "cosine", STEPS, WARM_UP)
    data = keras.optimizers.schedules.serialize(original)
    assert keras.optimizers.schedules.deserialize(data).get_config() == original.get_config()


def test_unknown_schedule_is_refused():
    with pytest.raises(ValueError, match="'zigzag'.*constant, cosine"):
        WarmUpSchedule(PEAK, "zigzag", STEPS, WARM_UP)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_rates_from_a_step_are_those_of_the_schedule(schedule):
    rates = WarmUpSchedule(1e-3, schedule, steps=10**9, warmup_steps=1200)
    for first in (0, 777, 10**9 - 5):
        expected = [float(rates(step)) for step in (first, first + 1, first + 1001)]
        some = list(islice(rates.rates_from(first), 1002))
        np.testing.assert_allclose([some[0], some[1], some[1001]], expected, rtol=1e-6)
