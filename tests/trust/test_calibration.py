import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.decoding.filters import probabilities
from tfplay.trust import Temperature, calibration_error, fit_temperature, reliability


def overconfident(count, temperature, seed=0):
    """Logits (1, 3) that are too large by a factor, and the right choice for each."""
    random = np.random.default_rng(seed)
    logits = random.normal(size=(count, 3)) * 2
    right = [random.choice(3, p=row) for row in probabilities(logits)]
    return [row[None] * temperature for row in logits], [np.array([each]) for each in right]


def test_the_temperature_of_logits_that_are_too_large_is_found():
    logits, labels = overconfident(1000, 3.0)
    found = fit_temperature(logits, labels, [0.0] * 1000)
    assert found.at(0.0) == pytest.approx(3.0, rel=0.15)


def test_where_less_was_seen_the_temperature_may_be_higher():
    seen = overconfident(500, 1.0)
    unseen = overconfident(500, 5.0, seed=1)
    found = fit_temperature(
        [*seen[0], *unseen[0]], [*seen[1], *unseen[1]], [0.0] * 500 + [1.0] * 500
    )
    assert found.at(0.0) == pytest.approx(1.0, rel=0.2)
    assert found.at(1.0) == pytest.approx(5.0, rel=0.2)


def test_with_the_temperature_the_calibration_error_is_small():
    logits, labels = overconfident(1000, 3.0)
    right = [bool(row.argmax() == label[0]) for row, label in zip(logits, labels, strict=True)]

    def error(temperature):
        sure = [float(probabilities(row / temperature).max()) for row in logits]
        return calibration_error(reliability(sure, right))

    found = fit_temperature(logits, labels, [0.0] * 1000)
    assert error(found.at(0.0)) < 0.05 < error(1.0)


def test_without_answers_nothing_is_changed():
    assert fit_temperature([], [], []) == Temperature(0.0, 0.0)


@given(
    st.lists(st.floats(-20, 20), min_size=2, max_size=7, unique=True),
    st.floats(-1, 3),
    st.floats(0, 8),
    st.floats(0, 1),
)
def test_calibrated_probabilities_sum_to_1_and_keep_the_order(logits, log, slope, share):
    logits = np.array(logits)
    calibrated = probabilities(logits / Temperature(log, slope).at(share))
    assert calibrated.sum() == pytest.approx(1)
    assert (np.diff(calibrated[np.argsort(logits)]) >= 0).all()


def test_a_model_that_is_always_sure_and_right_half_of_the_time_is_off_by_a_half():
    bins = reliability([1.0] * 10, [True, False] * 5)
    assert len(bins) == 15
    assert bins[-1].num_answers == 10
    assert calibration_error(bins) == pytest.approx(0.5)
    assert calibration_error(reliability([], [])) == 0
