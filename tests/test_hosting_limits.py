"""The limits of a server that strangers share, as its operator sets them."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tfplay.errors import InputError
from tfplay.hosting import LimitError, Limits, limits_here, may_fetch, may_import, setting


def test_where_people_know_each_other_there_are_no_limits(monkeypatch):
    monkeypatch.delenv("TFPLAY_HOSTED", raising=False)
    assert limits_here() is None
    assert may_fetch()
    assert may_import()


def test_where_strangers_share_a_server_limits_hold_and_nothing_is_brought(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    assert limits_here() == Limits()
    assert not may_fetch()
    assert not may_import()
    monkeypatch.setenv("TFPLAY_HOSTED_FETCHING", "on")
    assert may_fetch()
    assert not may_import()


def test_each_limit_is_read_by_its_name():
    for number, field in enumerate(fields(Limits), start=1):
        value = "on" if field.type is bool else str(number)
        read = Limits.from_environment({setting(field.name): value})
        assert getattr(read, field.name) == (True if field.type is bool else number)


@pytest.mark.parametrize(
    ("name", "value"),
    [("STEPS", "many"), ("STEPS", "0"), ("DAYS", "-3"), ("CHATS", "1.5"), ("FETCHING", "maybe")],
)
def test_an_impossible_limit_is_named(name, value):
    with pytest.raises(InputError, match=f"TFPLAY_HOSTED_{name} is '?{value}'?; it must be"):
        Limits.from_environment({f"TFPLAY_HOSTED_{name}": value})


def test_a_refusal_has_both_numbers():
    limits = Limits(steps=200)
    limits.require("steps", 200, "steps of a training")
    with pytest.raises(LimitError) as refused:
        limits.require("steps", 10**9, "steps of a training")
    assert str(refused.value) == (
        "1,000,000,000 steps of a training are too many here; the most is 200."
    )
    assert refused.value.limit == "steps"


def test_the_page_for_operators_has_each_limit_with_its_default():
    page = Path(__file__).parents[1] / "docs" / "hosting" / "README.md"
    told = dict(re.findall(r"^\| `(TFPLAY_HOSTED_\w+)=(\w+)` \|", page.read_text(), re.MULTILINE))
    switch = {True: "on", False: "off"}
    defaults = {setting(each.name): each.default for each in fields(Limits)}
    assert told == {
        name: switch[value] if isinstance(value, bool) else str(value)
        for name, value in defaults.items()
    }
