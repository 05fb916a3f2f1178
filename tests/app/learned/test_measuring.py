from tfplay.app.learned.measuring import stays_above, stays_below


def test_a_level_counts_as_passed_when_it_is_for_good():
    losses = {0: 5.0, 10: 2.0, 20: 4.0, 30: 2.5, 40: 1.0}
    assert stays_below(losses, 3) == 30
    assert stays_below(losses, 9) == 0
    assert stays_below(losses, 1) is None
    assert stays_above({0: 0.0, 10: 0.5, 20: 0.1, 30: 0.6}, 0.3) == 30
    assert stays_above({0: 0.5, 10: 0.2}, 0.3) is None
