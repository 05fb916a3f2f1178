import numpy as np

from tfplay.figures import candidate_steps


def test_candidates_of_a_step_stand_on_each_other_and_the_written_one_is_full():
    likely = np.array([[0.7, 0.2, 0.1], [0.5, 0.3, 0.1]])
    [bars] = candidate_steps(["a", "e"], [["a", "b", "c"], ["d", "e", "f"]], likely).data
    np.testing.assert_array_equal(bars.x, [0, 0, 0, 1, 1, 1])
    np.testing.assert_allclose(bars.base, [0, 0.7, 0.9, 0, 0.5, 0.8])
    np.testing.assert_allclose(bars.y, likely.ravel())
    assert [opacity == 1 for opacity in bars.marker.opacity] == [True, *[False] * 3, True, False]


def test_text_never_becomes_markup():
    figure = candidate_steps(["<b>"], [["<i>"]], np.ones((1, 1)))
    shown = figure.to_json().replace("\\u003c", "<")
    assert "<b>" not in shown
    assert "<i>" not in shown
