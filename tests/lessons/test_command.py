"""`tfplay lessons check FILE`: what a lesson's answers are, or one sentence."""

import json

import pytest

from tests.lessons.lessons import a_lesson, a_lesson_with_step
from tfplay.__main__ import main


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "lesson.json"


def test_a_lesson_is_checked_and_its_answers_told(path, capsys):
    path.write_text(json.dumps(a_lesson()))
    assert main(["lessons", "check", "lesson.json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == {
        "title": "Where a head looks",
        "minutes": 1,
        "steps": 1,
        "answers": {"1": "7"},
    }


def test_a_bad_lesson_is_told_in_one_sentence(path, capsys):
    path.write_text(json.dumps(a_lesson_with_step(link="nowhere")))
    assert main(["lessons", "check", "lesson.json"]) == 2
    assert capsys.readouterr().err.startswith("Step 1: The link 'nowhere' leads to no page")


def test_a_file_must_be_named_to_be_checked(capsys):
    assert main(["lessons", "check"]) == 2
    assert capsys.readouterr().err == "Name the file to check.\n"


def test_the_lessons_that_come_along_are_listed(capsys):
    assert main(["lessons", "list"]) == 0
    assert list(json.loads(capsys.readouterr().out)["lessons"]) == [
        *("next-word", "looking-back", "training")
    ]
