import numpy as np

from tfplay.figures import probability_bars, span_probabilities


def test_answers_stand_in_their_order_from_the_top():
    figure = probability_bars([("positive", 0.9), ("negative", 0.1)])
    [bars] = figure.data
    assert bars.x == (0.9, 0.1)
    assert figure.layout.yaxis.ticktext == ("positive", "negative")
    assert figure.layout.yaxis.autorange == "reversed"


def test_equal_answers_have_a_bar_each():
    [bars] = probability_bars([("cat", 0.5), ("cat", 0.3)]).data
    assert len(set(bars.y)) == 2


def test_each_token_of_a_passage_has_two_bars():
    start, end = np.array([0.2, 0.5, 0.3]), np.array([0.0, 0.1, 0.9])
    figure = span_probabilities(["in", "Rome", "."], start, end)
    np.testing.assert_array_equal(figure.data[0].y, start)
    np.testing.assert_array_equal(figure.data[1].y, end)
    assert figure.layout.xaxis.ticktext == ("in", "Rome", ".")


def test_text_never_becomes_markup():
    bars = probability_bars([("<b>x</b>", 1.0)])
    places = span_probabilities(["<i>"], np.ones(1), np.ones(1))
    assert "<b>" not in bars.to_json().replace("\\u003c", "<")
    assert "<i>" not in places.to_json().replace("\\u003c", "<")
