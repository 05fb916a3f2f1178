from tfplay import figures


def test_each_choice_has_a_bar_as_long_as_it_was_chosen_often():
    [bars] = figures.votes(["10", "15", "<b>7</b>"], [3, 5, 0]).data
    assert list(bars.x) == [3, 5, 0]
    assert set(bars.marker.opacity) == {1.0}


def test_the_right_choice_is_drawn_in_full_and_markup_stays_text():
    figure = figures.votes(["10", "<b>15</b>"], [3, 5], right="<b>15</b>")
    [bars] = figure.data
    assert bars.marker.opacity[0] < bars.marker.opacity[1] == 1.0
    assert not any("<b>" in label for label in figure.layout.yaxis.ticktext)


def test_before_anybody_has_chosen_there_are_bars_of_no_length():
    [bars] = figures.votes(["10", "15"], [0, 0]).data
    assert list(bars.x) == [0, 0]
