import numpy as np
import pytest

from tfplay.tasks import Batch
from tfplay.training.progress import WINDOW, Speedometer


def batch(length, num_padding=0):
    token_ids = np.zeros((2, length), dtype="int32")
    padding_mask = np.ones((2, length), dtype=bool)
    padding_mask[0, :num_padding] = False
    return Batch({"token_ids": token_ids, "padding_mask": padding_mask}, token_ids)


def test_speed_leaves_out_the_first_step_of_each_shape():
    speedometer = Speedometer()
    assert speedometer.tokens_per_second == 0
    for length, seconds in [(5, 100.0), (5, 2.0), (7, 100.0), (7, 4.0), (5, 2.0)]:
        speedometer.add(batch(length), seconds)
    assert speedometer.tokens == 58
    assert speedometer.tokens_per_second == pytest.approx((10 + 14 + 10) / 8)
    assert speedometer.seconds_per_step == pytest.approx(8 / 3)


def test_padding_is_no_token():
    speedometer = Speedometer()
    speedometer.add(batch(5, num_padding=3), 1.0)
    assert speedometer.tokens == 7


def test_recent_speed_forgets_old_steps():
    speedometer = Speedometer()
    for seconds in [1.0] * 100 + [2.0] * WINDOW:
        speedometer.add(batch(5), seconds)
    assert speedometer.recent_tokens_per_second == pytest.approx(5)
    assert speedometer.seconds_per_step == pytest.approx(2)
    assert speedometer.tokens_per_second > 5
