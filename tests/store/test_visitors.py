import time

import pytest

from tfplay.store.visitors import MOST_LISTED, Visitors


@pytest.fixture
def visitors(tfplay_home, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOME", str(tfplay_home))
    return Visitors()


def test_who_is_barred_is_so_by_name_and_by_address_until_it_ends(visitors):
    for owner, address in (("a", "1.1.1.1"), ("b", "1.1.1.1"), ("c", "2.2.2.2")):
        visitors.note(owner, address)
    until = time.time() + 100
    visitors.bar("a", until)
    assert [visitors.barred_until(owner) for owner in "abcd"] == [until, until, None, None]
    assert visitors.barred() == [("a", until)]
    visitors.note("a", "3.3.3.3")  # elsewhere, with the same cookie
    assert visitors.barred_until("a") == until
    visitors.bar("a", time.time() - 1)
    assert visitors.barred_until("a") is None
    visitors.bar("b", until)
    visitors.let_in("b")
    assert visitors.barred_until("b") is None


def test_somebody_never_seen_is_barred_by_name_alone(visitors):
    visitors.bar("stranger", time.time() + 100)
    assert visitors.barred_until("stranger")
    assert visitors.barred_until("another") is None


def test_the_last_seen_come_first_and_are_not_without_end(visitors):
    for number in range(MOST_LISTED + 3):
        visitors.note(f"v{number}", "1.1.1.1")
    seen = visitors.last_seen()
    assert len(seen) == MOST_LISTED
    assert seen[0].owner == f"v{MOST_LISTED + 2}"
    assert [each.moment for each in seen] == sorted((each.moment for each in seen), reverse=True)
