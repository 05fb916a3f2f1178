"""How far a visitor has come is there after a restart, and nobody else's."""

import stat

import pytest

from tfplay.home import home
from tfplay.lessons import Progress, keep_progress, kept_progress

FAR = {"next-word": Progress(4, {"2": "15"}), "training": Progress(0, {}, True)}


def test_it_comes_back_for_the_visitor_alone(tfplay_home):
    keep_progress("a visitor's secret", FAR)
    assert kept_progress("a visitor's secret") == FAR
    assert kept_progress("another's secret") == {}


def test_its_file_tells_no_secret_and_only_its_owner_reads_it(tfplay_home):
    keep_progress("a visitor's secret", FAR)
    [path] = (home() / "lessons").iterdir()
    assert "secret" not in path.name + path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["", "[]", '{"a": 1}', '{"a": {"stage": 1}}', '{"a":{"step":"x"}}']
)
def test_a_damaged_file_is_as_good_as_none(tfplay_home, text):
    keep_progress("a visitor's secret", FAR)
    [path] = (home() / "lessons").iterdir()
    path.write_text(text)
    assert kept_progress("a visitor's secret") == {}
