import numpy as np
import pytest

from tfplay.figures import heads_over_steps, lines_over_steps

STEPS = [0, 1, 10, 100]


def test_steps_stand_where_their_logarithm_is_and_are_written_out():
    figure = lines_over_steps(STEPS, {"model": [4, 3, 2, 1]}, "loss (nats)")
    [line] = figure.data
    np.testing.assert_allclose(line.x, np.log10(np.array(STEPS) + 1))
    assert line.y == (4, 3, 2, 1)
    assert list(line.customdata) == STEPS
    assert figure.layout.xaxis.ticktext == ("0", "1", "10", "100")
    assert figure.layout.yaxis.title.text == "loss (nats)"


def test_levels_are_drawn_over_all_steps_with_their_names():
    figure = lines_over_steps(STEPS, {"model": [4, 3, 2, 1]}, "loss", {"unigram": 2.5})
    [level] = figure.layout.shapes
    assert (level.y0, level.y1) == (2.5, 2.5)
    assert figure.layout.annotations[0].text == "unigram"


def test_the_names_of_two_close_levels_stand_on_different_sides_of_their_lines():
    levels = {"unigram": 2.5, "trigram": 1.9, "bigram": 2.0}
    figure = lines_over_steps(STEPS, {"model": [4, 3, 2, 1]}, "loss", levels)
    sides = {each.text: each.yanchor for each in figure.layout.annotations}
    assert sides == {"trigram": "top", "bigram": "bottom", "unigram": "top"}


def test_every_head_is_a_line_in_the_trace_of_its_layer():
    values = np.random.default_rng(0).random((4, 2, 3))
    figure = heads_over_steps(STEPS, values, "entropy (bits)")
    assert [trace.name for trace in figure.data] == ["layer 1", "layer 2"]
    for layer, trace in enumerate(figure.data):
        drawn = np.array(trace.y, dtype=float).reshape(3, 5)  # with a gap after each
        np.testing.assert_array_equal(drawn[:, :4], values[:, layer].T)
        assert np.isnan(drawn[:, 4]).all()
        assert [label[0] for label in trace.customdata[::5]] == [1, 2, 3]


@pytest.mark.parametrize("last", [0, 1, 7, 65, 3000])
def test_the_last_step_is_always_written(last):
    steps = sorted({0, last})
    figure = lines_over_steps(steps, {"model": [1.0] * len(steps)}, "loss")
    assert figure.layout.xaxis.ticktext[-1] == f"{last:,}"


def test_names_never_become_markup():
    figure = lines_over_steps([0], {"<b>": [1]}, "loss", {"<i>": 1})
    assert figure.data[0].name == "&lt;b&gt;"
    assert figure.layout.annotations[0].text == "&lt;i&gt;"
