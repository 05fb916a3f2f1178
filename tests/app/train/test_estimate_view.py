import pytest

from tfplay.app.train.estimate_view import amount, duration, size


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0123, "12 ms"),
        (1.04, "1 s"),
        (42.4, "42 s"),
        (89, "89 s"),
        (91, "1.5 min"),
        (3000, "50 min"),
        (9000, "2.5 h"),
        (200_000, "2.3 days"),
    ],
)
def test_durations_are_said_in_two_digits(seconds, words):
    assert duration(seconds) == words


def test_sizes_and_amounts_are_said_as_people_say_them():
    assert [size(5e5), size(8.3e8), size(1.25e10)] == ["1 MB", "830 MB", "12.5 GB"]
    assert [amount(47), amount(1234), amount(1.26e9)] == ["47", "1,200", "1.3 billion"]
