import json

import pytest

from tfplay.app.run_panel.records import GrowingLines
from tfplay.errors import InputError
from tfplay.store.records import require_count


@pytest.fixture
def path(tmp_path):
    return tmp_path / "metrics.jsonl"


def add(path, *steps, end="\n"):
    with path.open("a") as stream:
        stream.write("\n".join(json.dumps({"step": step}) for step in steps) + end)


def require_step(row):
    require_count(row, "step")


def steps(lines):
    return [line["step"] for line in lines.read()]


def test_lines_are_read_as_they_come(path):
    lines = GrowingLines(path, require_step)
    assert steps(lines) == []
    add(path, 1, 2)
    assert steps(lines) == [1, 2]
    assert steps(lines) == [1, 2]
    add(path, 3, 4)
    assert steps(lines) == [1, 2, 3, 4]


def test_a_line_still_being_written_waits(path):
    lines = GrowingLines(path, require_step)
    add(path, 1, 23, end="")
    assert steps(lines) == [1]
    with path.open("a") as stream:
        stream.write("\n")
    assert steps(lines) == [1, 23]


def test_what_was_read_does_not_change_under_the_reader(path):
    lines = GrowingLines(path, require_step)
    add(path, 1)
    before = lines.read()
    add(path, 2)
    lines.read()
    assert len(before) == 1


def test_a_file_that_took_its_place_is_read_from_the_start(path, tmp_path):
    lines = GrowingLines(path, require_step)
    add(path, 1, 2, 3)
    lines.read()
    add(tmp_path / "cut.jsonl", 1, 2, 7, 8, 9)
    (tmp_path / "cut.jsonl").replace(path)
    assert steps(lines) == [1, 2, 7, 8, 9]


def test_a_damaged_line_is_told_each_time_with_its_number(path):
    lines = GrowingLines(path, require_step)
    add(path, 1, 2)
    assert steps(lines) == [1, 2]
    with path.open("a") as stream:
        stream.write('{"step": "three"}\n')
    for _ in range(2):
        with pytest.raises(InputError, match="metrics.jsonl, line 3, is damaged: its 'step' is"):
            lines.read()
