import numpy as np

from tfplay.figures import patches_over_picture, word_bars

WORDS = ["not", "<b>bad</b>", "at", "all"]
CHANGES = np.array([-0.6, 0.2, np.nan, -0.1])


def shown(figure):
    """Label and value of each bar, from the top."""
    bars = [
        (place, label, value)
        for trace in figure.data
        for place, label, value in zip(trace.y, trace.customdata, trace.x, strict=True)
    ]
    return [(label, value) for _, label, value in sorted(bars)]


def test_bars_are_sorted_by_length_or_stand_in_the_words_order():
    escaped = "&lt;b&gt;bad&lt;/b&gt;"
    by_length = [("not", -0.6), (escaped, 0.2), ("all", -0.1)]
    assert shown(word_bars(WORDS, CHANGES, is_change=True)) == by_length
    assert shown(word_bars(["a", "b"], np.array([0.1, 0.9]), is_sorted=False)) == [
        ("a", 0.1),
        ("b", 0.9),
    ]


def test_what_adds_and_what_takes_away_are_told_apart():
    less, more = word_bars(WORDS, CHANGES, is_change=True).data
    assert (list(less.x), list(more.x)) == ([-0.6, -0.1], [0.2])


def test_of_many_words_the_longest_bars_are_shown():
    values = np.linspace(0, 1, 50)
    bars = shown(word_bars([str(number) for number in range(50)], values, is_sorted=False))
    assert [label for label, _ in bars] == [str(number) for number in range(34, 50)]


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
