import numpy as np

from tfplay.figures import patches_over_picture


def test_each_patch_can_be_chosen_where_it_is():
    figure = patches_over_picture(np.zeros((8, 8)), np.arange(16).reshape(4, 4) / 120)
    points = figure.data[-1]
    assert [tuple(point[:2]) for point in points.customdata[:5:4]] == [(1, 1), (2, 1)]
    assert (points.x[1], points.y[1]) == (2.5, 0.5)  # between its pixels 2 and 3, 0 and 1
    assert figure.data[-2].z[1][0] == 4 / 120


def test_the_chosen_patch_has_a_frame():
    figure = patches_over_picture(np.zeros((8, 8)), np.zeros((4, 4)), chosen=(1, 2))
    [frame] = figure.layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (3.5, 5.5, 1.5, 3.5)
