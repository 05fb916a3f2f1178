import errno
import os
from contextlib import nullcontext

import pytest

from tests.store.full_disk import largest_file
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.store.files import append_json_line, write_json
from tfplay.store.records import read_record_lines
from tfplay.text.files import draft


def test_home_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.setenv("TFPLAY_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home() == tmp_path / ".tfplay"


def test_a_draft_takes_the_place_of_the_file_before_it(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("before")
    with draft(path) as place:
        place.write_text("after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_that_fails_changes_nothing(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), draft(path) as place:
        place.write_text("half of what was m")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("refusals", [3, None], ids=["for a moment", "for ever"])
def test_a_draft_waits_for_who_reads_the_file_before_it_as_windows_demands(
    tmp_path, monkeypatch, refusals
):
    path = tmp_path / "notes.txt"
    path.write_text("before")
    refused, replace = [], os.replace

    def refuse(*places):
        if refusals is None or len(refused) < refusals:
            refused.append(places)
            raise PermissionError(errno.EACCES, "Access is denied")
        replace(*places)

    monkeypatch.setattr("tfplay.text.files.os.replace", refuse)
    outcome = nullcontext() if refusals else pytest.raises(InputError, match="Access is denied")
    with outcome, draft(path) as place:
        place.write_text("after")
    assert path.read_text() == ("after" if refusals else "before")
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_in_one_sentence_and_leaves_nothing(tmp_path):
    path = tmp_path / "numbers.json"
    with largest_file(100), pytest.raises(InputError, match=r"numbers\.json cannot be written: .+"):
        write_json(path, list(range(1000)))
    assert list(tmp_path.iterdir()) == []


def read_lines(path):
    return read_record_lines(path, lambda row: None)


def test_a_line_that_a_full_disk_cut_short_is_taken_back(tmp_path):
    path = tmp_path / "metrics.jsonl"
    append_json_line(path, {"step": 1})
    with largest_file(20), pytest.raises(InputError, match="cannot be written"):
        append_json_line(path, {"step": 2})
    append_json_line(path, {"step": 3})
    assert read_lines(path) == [{"step": 1}, {"step": 3}]


def test_a_line_still_being_written_is_left_out(tmp_path):
    path = tmp_path / "metrics.jsonl"
    assert read_lines(path) == []
    append_json_line(path, {"step": 1})
    append_json_line(path, {"step": 2})
    with path.open("a") as stream:
        stream.write('{"step": 3, "lo')
    assert read_lines(path) == [{"step": 1}, {"step": 2}]
