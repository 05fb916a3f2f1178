import numpy as np

from tfplay.figures import span_probabilities


def test_each_token_of_a_passage_has_two_bars():
    start, end = np.array([0.2, 0.5, 0.3]), np.array([0.0, 0.1, 0.9])
    figure = span_probabilities(["in", "Rome", "."], start, end)
    np.testing.assert_array_equal(figure.data[0].y, start)
    np.testing.assert_array_equal(figure.data[1].y, end)
    assert figure.layout.xaxis.ticktext == ("in", "Rome", ".")


def test_text_never_becomes_markup():
    places = span_probabilities(["<i>"], np.ones(1), np.ones(1))
    assert "<i>" not in places.to_json().replace("\\u003c", "<")
