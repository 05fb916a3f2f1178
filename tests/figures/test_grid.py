import numpy as np

from tfplay import figures


def test_a_grid_writes_names_and_words_letter_by_letter():
    values = np.array([[0.5, np.nan]])
    figure = figures.grid(values, ["<b>r"], ["c", "d"], "share", [["<i>", "y"]], ".0%")
    assert figure.data[0].text[0][0] == "&lt;i&gt;"
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;r",)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 0.5)


def test_zero_has_the_middle_colour_where_some_numbers_are_negative():
    figure = figures.grid(np.array([[-1.0, 3.0]]), ["r"], ["c", "d"], "change")
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-3, 3)


def test_large_grids_have_no_words_and_few_ticks():
    figure = figures.grid(np.ones((20, 300)), ["r"] * 20, ["c"] * 300, "share")
    assert figure.data[0].texttemplate is None
    assert len(figure.layout.xaxis.ticktext) <= 64


def test_bars_keep_equal_names_apart():
    figure = figures.signed_bars(["a", "a"], [1.0, -2.0], "product")
    assert figure.data[0].x == (0, 1)
    assert figure.data[0].marker.opacity.tolist() == [1.0, 0.45]
