"""Figures of what a training changes."""

import numpy as np

from tfplay.figures import head_similarity, loss_by_context, moving_points


def test_losses_stand_over_their_contexts_and_what_is_compared_is_dashed():
    figure = loss_by_context(["1", "2", "3–4"], {"step 9": [3, 2, 1]}, {"bigram": [2, 2, 2]})
    model, bigram = figure.data
    assert (model.x, model.y) == (("1", "2", "3–4"), (3, 2, 1))
    assert (model.line.dash, bigram.line.dash) == ("solid", "dash")


def test_every_pair_of_heads_has_a_cell_and_layers_are_divided():
    similarity = np.random.default_rng(0).random((6, 6))
    figure = head_similarity(similarity, num_heads=3)
    [heatmap] = figure.data
    np.testing.assert_array_equal(heatmap.z, similarity)
    assert figure.layout.xaxis.ticktext == ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3")
    assert {(line.x0, line.y0) for line in figure.layout.shapes} == {(-0.5, 2.5), (2.5, -0.5)}


def test_points_move_in_a_frame_a_step_and_end_where_they_are_shown_at_first():
    points = np.random.default_rng(0).random((3, 5, 2))
    figure = moving_points([0, 10, 200], points, list("abcde"), list("xxyyx"), labelled=[0, 3])
    assert [frame.name for frame in figure.frames] == ["0", "10", "200"]
    for frame, places in zip(figure.frames, points, strict=True):
        first, second = frame.data
        np.testing.assert_array_equal(first.x, places[[0, 1, 4], 0])
        np.testing.assert_array_equal(second.y, places[[2, 3], 1])
    np.testing.assert_array_equal(figure.data[0].x, points[2, [0, 1, 4], 0])
    assert figure.data[0].text == ("a", "", "")
    assert figure.data[1].text == ("", "d")
    assert [step.label for step in figure.layout.sliders[0].steps] == ["0", "10", "200"]


def test_all_points_of_all_steps_are_within_the_figure():
    points = np.random.default_rng(0).normal(size=(3, 7, 2))
    figure = moving_points([0, 1, 2], points, ["a"] * 7, ["x"] * 7, labelled=[])
    for axis, place in ((figure.layout.xaxis, 0), (figure.layout.yaxis, 1)):
        low, high = axis.range
        assert low < points[..., place].min() and points[..., place].max() < high


def test_names_of_tokens_never_become_markup():
    figure = moving_points([0], np.zeros((1, 1, 2)), ["<b>"], ["<i>"], labelled=[0])
    assert figure.data[0].text == ("&lt;b&gt;",)
    assert figure.data[0].name == "&lt;i&gt;"
