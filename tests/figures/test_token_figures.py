import numpy as np

from tests.layers.samples import random_array
from tfplay import figures

MARKUP = "<b>bold</b>"


def test_strips_end_with_the_sum_which_grows_from_the_first_part():
    token, position = random_array(3, 7), random_array(3, 7, seed=1)
    figure = figures.added_strips({"token": token, "position": position}, ["a", "b", MARKUP], "sum")
    shown = [np.array(trace.z) for trace in figure.data]
    for values, expected in zip(shown, (token, position, token + position), strict=True):
        np.testing.assert_allclose(values, expected, atol=1e-4)
    first, *_, last = figure.frames
    np.testing.assert_allclose(np.array(first.data[0].z), token, atol=1e-4)
    np.testing.assert_allclose(np.array(last.data[0].z), token + position, atol=1e-4)
    assert len({(trace.zmin, trace.zmax) for trace in figure.data}) == 1
    assert MARKUP not in figure.to_json()


def test_a_single_part_has_nothing_to_add():
    figure = figures.added_strips({"token": random_array(3, 7)}, ["a", "b", "c"], "sum")
    assert len(figure.data) == 2
    assert not figure.layout.sliders


def test_points_are_coloured_by_kind_and_only_some_have_names():
    points = random_array(5, 2)
    figure = figures.token_points(points, [*"abcd", MARKUP], [*"xxyyx"], [0, 3])
    assert [trace.name for trace in figure.data] == ["x", "y"]
    assert list(figure.data[0].text) == ["a", "", ""]
    np.testing.assert_array_equal(figure.data[1].x, points[[2, 3], 0])
    assert MARKUP not in figure.to_json()
    space = figures.token_points(random_array(5, 3), [*"abcde"], ["x"] * 5, [])
    assert space.data[0].type == "scatter3d"
    assert not space.layout.showlegend


def test_lines_stand_above_the_names_of_their_places():
    figure = figures.lines_by_name(["input", MARKUP], {"same": [1.0, 0.5]}, "cosine")
    assert list(figure.data[0].y) == [1.0, 0.5]
    assert list(figure.layout.xaxis.tickvals) == [0, 1]
    assert MARKUP not in figure.to_json()
