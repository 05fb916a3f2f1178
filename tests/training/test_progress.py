import numpy as np
import pytest

from tfplay.training import IGNORED, Batch
from tfplay.training.progress import WINDOW, Speedometer


def batch(length, num_ignored=0):
    labels = np.zeros((2, length), dtype="int32")
    labels[0, :num_ignored] = IGNORED
    return Batch({}, labels)


def test_speed_leaves_out_the_first_step_of_each_shape():
    speedometer = Speedometer()
    assert speedometer.tokens_per_second == 0
    for length, seconds in [(5, 100.0), (5, 2.0), (7, 100.0), (7, 4.0), (5, 2.0)]:
        speedometer.add(batch(length), seconds)
    assert speedometer.tokens == 58
    assert speedometer.tokens_per_second == pytest.approx((10 + 14 + 10) / 8)
    assert speedometer.seconds_per_step == pytest.approx(8 / 3)


def test_ignored_labels_are_no_tokens():
    speedometer = Speedometer()
    speedometer.add(batch(5, num_ignored=3), 1.0)
    assert speedometer.tokens == 7


def test_recent_speed_forgets_old_steps():
    speedometer = Speedometer()
    for seconds in [1.0] * 100 + [2.0] * WINDOW:
        speedometer.add(batch(5), seconds)
    assert speedometer.recent_tokens_per_second == pytest.approx(5)
    assert speedometer.seconds_per_step == pytest.approx(2)
    assert speedometer.tokens_per_second > 5
