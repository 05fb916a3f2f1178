"""What a browser sends as a drawing is a picture, or nothing."""

import numpy as np
import pytest

from tfplay.app.widgets.drawing.drawing import _read

BEGUN = np.full((2, 2), 0.5, "float32")


@pytest.mark.parametrize(
    "sent",
    [None, [], "x", {"a": 1}, [1, 2, 3], ["a"] * 4, [1, 2, 3, None], [np.nan] * 4],
)
def test_what_is_no_picture_of_this_size_leaves_what_was_begun(sent):
    assert np.array_equal(_read(sent, BEGUN), BEGUN)


def test_a_picture_is_read_from_black_to_white():
    assert _read([0, -3, 1, 1e99], BEGUN).tolist() == [[0, 0], [1, 1]]
